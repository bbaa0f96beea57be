import type { Actor } from '../../src/access';
import type { CustodyState } from '../../src/surrenders/custody.machine';
import type { Beginning } from '../setup/hidden-side';
import type { Side, SweptRole } from './side';

/** A record to ask for, and what each agency is to it by the rules of the domain. */
export interface Target {
  readonly id: string;
  readonly relations: (actor: Pick<Actor, 'id' | 'agencyId'>) => string[];
}

interface Party {
  readonly relation: string;
  readonly agency: string;
  /** One of its people alone; absent: all of them. */
  readonly account?: string | null;
}

const PARTIES_OF_REFERRAL = `
  select 'SENDER' as relation, sender_agency_id as agency from referral where id = $1
  union all select 'COORDINATING', coordinating_agency_id from referral where id = $1
  union all select 'RECEIVER', receiver_agency_id from referral where id = $1
  union all select case state when 'PENDING' then 'OFFERED' else 'ACKNOWLEDGED' end, agency_id from offer
    where referral_id = $1 and state in ('PENDING', 'ACKNOWLEDGED')`;
const OWNER = "select 'OWN_AGENCY' as relation";

/** How a kind of record is found from a referral, and who is what to it. `$1` is the referral, then the record. */
const OF_REFERRAL = {
  referral: { find: 'select $1::uuid as id', parties: PARTIES_OF_REFERRAL },
  offer: {
    find: 'select id from offer where referral_id = $1 and agency_id = $2 order by created_at desc limit 1',
    parties: `${PARTIES_OF_REFERRAL.replaceAll('$1', '(select referral_id from offer where id = $1)')}
      union all ${OWNER}, agency_id from offer where id = $1`,
  },
  clock: {
    find: "select id from clock where referral_id = $1 and ended_at is null and kind = 'FOLLOW_UP_DAY_30'",
    parties: `${OWNER}, owner_agency_id as agency from clock where id = $1 and owner_side <> 'SENDER'
      union all select 'COORDINATING', coordinator_agency_id from clock where id = $1`,
  },
  person: {
    find: 'select person_id as id from referral where id = $1',
    parties: `select case when basis like '%WITH_CONSENT' then 'KNOWN_BY_CONSENT' else 'KNOWN' end as relation, agency_id as agency
      from person_party where person_id = $1`,
  },
  consent: {
    find: 'select c.id from consent c join referral r using (person_id) where r.id = $1 order by c.created_at limit 1',
    parties: `${OWNER}, recorded_by_agency_id as agency from consent where id = $1
      union all select 'KNOWN', recipient_agency_id from consent where id = $1`,
  },
  breakGlass: {
    find: 'select b.id from break_glass b join referral r using (person_id) where r.id = $1 order by b.opened_at limit 1',
    parties: `${OWNER}, agency_id as agency from break_glass where id = $1
      union all select 'EMERGENCY', agency_id from break_glass where id = $1`,
  },
  review: {
    find: `select v.id from break_glass_review v join break_glass b on b.id = v.break_glass_id join referral r using (person_id)
      where r.id = $1 order by v.agency_id <> $2 limit 1`,
    parties: `${OWNER}, agency_id as agency from break_glass_review where id = $1`,
  },
  accounting: {
    find: 'select q.id from accounting_request q join referral r using (person_id) where r.id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from accounting_request where id = $1`,
  },
} as const;

const CHILD = `${OWNER}, agency_id as agency from child_report where id = $1
  union all select 'SENDER', reporting_agency_id from child_report where id = $1`;
const caregiverThatIs = (state: string) => ({
  find: `select id from caregiver_candidate where agency_id = $1 and state = '${state}' limit 1`,
  parties: `${OWNER}, agency_id as agency from caregiver_candidate where id = $1`,
});
const linkThatIs = (state: string) => ({
  find: `select l.id from person_link l join person p on p.id = l.left_person_id where p.source_agency_id = $1 and l.policy_version = 'swept' and l.state = '${state}' limit 1`,
  parties: `select 'KNOWN' as relation, pp.agency_id as agency from person_link l join person_party pp on pp.person_id = l.left_person_id
      join person_party pq on pq.person_id = l.right_person_id and pq.agency_id = pp.agency_id where l.id = $1`,
});
const teamOf = (relation: string, program: string, more = ''): string =>
  `select '${relation}' as relation, g.id as agency from outreach_case c join outreach_program p on p.id = c.${program}
     join agency g on g.id = p.agency_id or exists (
       select 1 from outreach_team t where t.program_id = p.id and t.agency_id = g.id and t.agreed_at is not null) where c.id = $1 ${more}`;
const CASE_PARTIES = [
  teamOf('ON_TEAM', 'program_id'),
  teamOf('GOES_ALONG', 'program_id', 'and g.kind = any(p.visitor_kinds)'),
  teamOf('TAKES_OVER', 'to_program_id'),
  teamOf('HANDED_ON', 'from_program_id'),
  "select 'COORDINATING', coordinator_agency_id from outreach_case where id = $1 and state = 'UNASSIGNED'",
].join(' union all ');
const rowThatIs = (state: string, program: string, more = '') => ({
  find: `select c.id from outreach_case c join outreach_program p on p.id = c.${program} where c.state = '${state}' ${more}
    and (p.agency_id = $1 or exists (select 1 from outreach_team t where t.program_id = p.id and t.agency_id = $1)) limit 1`,
  parties: CASE_PARTIES,
});
/** The same for records that hang on an agency. */
const OF_AGENCY = {
  agency: { find: 'select $1::uuid as id', parties: `${OWNER}, $1::uuid as agency` },
  program: {
    find: 'select id from program where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from program where id = $1`,
  },
  pool: {
    find: 'select id from bed_pool where agency_id = $1 order by staffed desc limit 1',
    parties: `${OWNER}, agency_id as agency from bed_pool where id = $1`,
  },
  roomClock: {
    find: "select id from clock where owner_agency_id = $1 and kind = 'CAPACITY_NOTICE'",
    parties: `${OWNER}, owner_agency_id as agency from clock where id = $1`,
  },
  member: {
    find: `select m.id from membership m join account a on a.id = m.account_id
      where agency_id = $1 and a.kind = 'STAFF' order by m.role <> 'PROVIDER_STAFF' limit 1`,
    parties: `${OWNER}, agency_id as agency from membership where id = $1`,
  },
  system: {
    find: "select m.id from membership m join account a on a.id = m.account_id where agency_id = $1 and a.kind = 'SERVICE_ACCOUNT' order by cardinality(m.scopes) desc limit 1",
    parties: `${OWNER}, agency_id as agency from membership where id = $1`,
  },
  endpoint: {
    find: "select id from webhook_endpoint where agency_id = $1 and state = 'ACTIVE' limit 1",
    parties: `${OWNER}, agency_id as agency from webhook_endpoint where id = $1`,
  },
  outreachProgram: {
    find: `select p.id from outreach_program p where p.agency_id = $1
      or exists (select 1 from outreach_team t where t.program_id = p.id and t.agency_id = $1) limit 1`,
    parties: `${OWNER}, agency_id as agency from outreach_program where id = $1`,
  },
  outreachCase: rowThatIs('OPEN', 'program_id', 'and c.address_sealed is not null and c.held_for is null'),
  outreachCaseHeld: rowThatIs('OPEN', 'program_id', 'and c.held_for is not null'),
  outreachCaseHandedOver: rowThatIs('HANDED_OVER', 'to_program_id'),
  outreachCaseFollowed: rowThatIs('CLOSED', 'program_id', "and c.outcome = 'ENGAGED'"),
  outreachCaseUnassigned: {
    find: "select id from outreach_case where state = 'UNASSIGNED' and coordinator_agency_id = $1 limit 1",
    parties: CASE_PARTIES,
  },
  atRiskFlag: {
    find: 'select id from at_risk_flag where agency_id = $1 and may_tell_back and tell_back_ended_at is null limit 1',
    parties: `${OWNER}, agency_id as agency from at_risk_flag where id = $1`,
  },
  childReport: {
    find: "select id from child_report where agency_id = $1 and state = 'SUBMITTED' limit 1",
    parties: CHILD,
  },
  childReportReceived: {
    find: "select id from child_report where agency_id = $1 and state = 'RECEIVED' limit 1",
    parties: CHILD,
  },
  childReportClosed: {
    find: "select id from child_report where agency_id = $1 and state = 'CLOSED' limit 1",
    parties: CHILD,
  },
  caregiverProposed: caregiverThatIs('PROPOSED'),
  caregiverChecking: caregiverThatIs('CHECKING'),
  caregiverCleared: caregiverThatIs('CLEARED'),
  caregiverPlaced: caregiverThatIs('PLACED'),
  notice: {
    find: 'select id from handle_with_care_notice where school_agency_id = $1 limit 1',
    parties: `${OWNER}, school_agency_id as agency from handle_with_care_notice where id = $1`,
  },
  linkOpen: linkThatIs('OPEN'),
  linkLinked: linkThatIs('LINKED'),
  personUnlinked: {
    find: `select p.id from person p where p.given_name = 'Apart' and p.source_agency_id = $1 limit 1`,
    parties: "select 'KNOWN' as relation, agency_id as agency from person_party where person_id = $1",
  },
  overdoseReport: {
    find: 'select id from overdose_report where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from overdose_report where id = $1`,
  },
  alert: {
    find: 'select alert_id as id from spike_alert_party where agency_id = $1 limit 1',
    parties:
      "select case side when 'OWNING' then 'OWN_COUNTY' else 'NEXT_COUNTY' end as relation, agency_id as agency from spike_alert_party where alert_id = $1",
  },
  action: {
    find: 'select id from alert_action where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from alert_action where id = $1`,
  },
  warning: {
    find: 'select id from batch_warning where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from batch_warning where id = $1
      union all select 'TOLD', agency_id from batch_warning_party where warning_id = $1`,
  },
  inbound: {
    find: 'select id from inbound_webhook where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from inbound_webhook where id = $1`,
  },
  entry: {
    find: 'select id from audit_entry where agency_id = $1 order by position limit 1',
    parties: `${OWNER}, agency_id as agency from audit_entry where id = $1`,
  },
} as const;
const ROOM = `${OWNER}, g.id as agency from agency g join surrender s on s.room_id = app.annex_of(g.id)`;
const bagThatIs = (state: CustodyState) => ({
  find: `select id from surrender where room_id = app.annex_of($1) and state = '${state}' limit 1`,
  parties: `${ROOM} where s.id = $1`,
});
const exposureThatIs = (state: string) => ({
  find: `select id from exposure where agency_id = $1 and state = '${state}' limit 1`,
  parties: `${OWNER}, agency_id as agency, null::uuid as account from exposure where id = $1
    union all select 'SELF', agency_id, responder_id from exposure where id = $1`,
});
const restockThatIs = (state: string) => ({
  find: `select id from restock_request where agency_id = $1 and state = '${state}' limit 1`,
  parties: `${OWNER}, agency_id as agency from restock_request where id = $1
    union all select 'SUPPLIER', supplier_agency_id from restock_request where id = $1`,
});
/** The same for what hangs on a police department, in its annex or beside it. */
const OF_ROOM = {
  bagOpened: bagThatIs('OPENED'),
  bagHeld: bagThatIs('HELD'),
  bagInTransit: bagThatIs('IN_TRANSIT'),
  bagAtLaboratory: bagThatIs('AT_LABORATORY'),
  bagToBeDestroyed: bagThatIs('TO_BE_DESTROYED'),
  custodyAlert: {
    find: 'select id from custody_alert where room_id = app.annex_of($1) limit 1',
    parties: `${ROOM} join custody_alert a on a.surrender_id = s.id where a.id = $1`,
  },
  noticeReceipt: {
    find: 'select id from handle_with_care_receipt where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from handle_with_care_receipt where id = $1`,
  },
  exposureReported: exposureThatIs('REPORTED'),
  exposureReviewed: exposureThatIs('REVIEWED'),
  restockRequested: restockThatIs('REQUESTED'),
  restockSent: restockThatIs('SENT'),
  lot: {
    find: 'select id from naloxone_lot where agency_id = $1 limit 1',
    parties: `${OWNER}, agency_id as agency from naloxone_lot where id = $1`,
  },
} as const;
type OnRoom = keyof typeof OF_ROOM;
type OnReferral = keyof typeof OF_REFERRAL;
type OnAgency = keyof typeof OF_AGENCY;
export type Kind = OnReferral | OnAgency | OnRoom;

const isOnRoom = (kind: Kind): kind is OnRoom => Object.hasOwn(OF_ROOM, kind);
const isOnReferral = (kind: Kind): kind is OnReferral => Object.hasOwn(OF_REFERRAL, kind);

/** Whose referral is the role’s own: those who never send have the one of their agency’s staff, or none. */
const senderOf = {
  OFFICER: 'OFFICER',
  EVIDENCE_CUSTODIAN: 'OFFICER',
  SAFETY_OFFICER: 'OFFICER',
  MEDIC: 'MEDIC',
  HOSPITAL_STAFF: 'HOSPITAL_STAFF',
  PROVIDER_STAFF: 'PROVIDER_STAFF',
  PRIVACY_OFFICER: 'PROVIDER_STAFF',
  AGENCY_ADMIN: 'PROVIDER_STAFF',
  OUTREACH_WORKER: 'COORDINATOR',
  COORDINATOR: 'COORDINATOR',
  SCHOOL_LIAISON: 'SCHOOL_LIAISON',
  CHILD_SERVICES_WORKER: null,
  ANALYST: null,
  PLATFORM_ADMIN: null,
} as const satisfies Record<SweptRole, SweptRole | null>;

/** The records of two sides that have nothing to do with each other. */
export class Records {
  readonly #known = new Map<string, Target | null>();

  constructor(
    readonly ours: Side,
    readonly theirs: Side,
  ) {}

  /** What the role’s own agency has, what another agency of its side has, and what is none of its business. */
  async targetsOf(role: SweptRole, kind: Kind, at: Beginning): Promise<Target[]> {
    const { ours, theirs } = this;
    if (!isOnReferral(kind)) {
      const clinic = ours.cast.PROVIDER_STAFF.agencyId;
      const rooms = [ours.cast.OFFICER.agencyId, theirs.cast.OFFICER.agencyId];
      const agencies = isOnRoom(kind) ? rooms : [ours.cast[role].agencyId, clinic, theirs.cast.PROVIDER_STAFF.agencyId];
      return this.found(
        kind,
        [...new Set(agencies)].map((id) => [id, id]),
      );
    }
    const own = senderOf[role];
    const referrals = [
      ...(own ? [[await ours.referral(own, at), ours]] : []),
      [await ours.referral(own === 'OFFICER' ? 'HOSPITAL_STAFF' : 'OFFICER', at), ours],
      [await theirs.referral('OFFICER', at), theirs],
    ] as [string, Side][];
    return this.found(
      kind,
      referrals.map(([id, { cast }]) => [id, cast.PROVIDER_STAFF.agencyId]),
    );
  }

  private async found(kind: Kind, froms: readonly (readonly [string, string])[]): Promise<Target[]> {
    const targets: Target[] = [];
    for (const [from, clinic] of froms) {
      const key = `${kind} ${from}`;
      if (!this.#known.has(key)) this.#known.set(key, await this.find(kind, from, clinic));
      const target = this.#known.get(key);
      if (target) targets.push(target);
    }
    return targets;
  }

  private async find(kind: Kind, from: string, clinic: string): Promise<Target | null> {
    const { find, parties } = isOnReferral(kind) ? OF_REFERRAL[kind] : isOnRoom(kind) ? OF_ROOM[kind] : OF_AGENCY[kind];
    const { app } = this.ours;
    const values = find.includes('$2') ? [from, clinic] : [from];
    const [record] = await app.owner<{ id: string }>(find, values);
    if (!record) return null;
    const rows = await app.owner<Party>(parties, [record.id]);
    return {
      id: record.id,
      relations: ({ agencyId, id }) =>
        rows
          .filter(({ agency, account = null }) => agency === agencyId && (account === null || account === id))
          .map(({ relation }) => relation),
    };
  }
}
