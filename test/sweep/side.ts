import { randomUUID } from 'node:crypto';
import type { Actor, Role } from '../../src/access';
import { CensusService } from '../../src/capacity/census.service';
import { consent } from '../../src/cli/walkthrough/people';
import { BreakGlassService } from '../../src/consent/break-glass.service';
import { AccountingService } from '../../src/consent/accounting.service';
import { keysOf, type AgencyKind, type Pathway } from '../../src/kernel/vocabulary';
import { LinkagePassService } from '../../src/people/linkage-pass.service';
import { AtRiskFlagsService } from '../../src/outreach/at-risk/at-risk-flags.service';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { CaregiversService } from '../../src/safety/caregivers.service';
import { ChildReportsService } from '../../src/safety/child-reports.service';
import { caregiverChecks } from '../../src/safety/engine/vocabulary';
import { NoticesService } from '../../src/safety/notices.service';
import { CustodyService } from '../../src/surrenders/custody.service';
import { SurrenderIntakeService } from '../../src/surrenders/surrender-intake.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildBedPool, type BuiltPool } from '../builders/capacity';
import { buildOutreachProgram } from '../builders/outreach';
import { buildHeldRow, buildTeam, rowOfReport } from '../builders/roster';
import { buildBag } from '../builders/surrenders';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildProgramOf, buildReferral, buildSubmission, done, type Program } from '../builders/referrals';
import type { Ask, TestApp } from '../setup/app';
import { HiddenSide, type Beginning } from '../setup/hidden-side';

/** Whoever signs in; the system itself never does. */
export const ROLES = {
  OFFICER: 'LAW_ENFORCEMENT',
  EVIDENCE_CUSTODIAN: 'LAW_ENFORCEMENT',
  SAFETY_OFFICER: 'LAW_ENFORCEMENT',
  MEDIC: 'EMS',
  HOSPITAL_STAFF: 'HOSPITAL',
  PROVIDER_STAFF: 'TREATMENT_PROVIDER',
  OUTREACH_WORKER: 'OUTREACH_TEAM',
  COORDINATOR: 'OUTREACH_TEAM',
  SCHOOL_LIAISON: 'SCHOOL',
  CHILD_SERVICES_WORKER: 'CHILD_SERVICES',
  ANALYST: 'PUBLIC_HEALTH',
  PRIVACY_OFFICER: 'TREATMENT_PROVIDER',
  AGENCY_ADMIN: 'TREATMENT_PROVIDER',
  PLATFORM_ADMIN: 'PLATFORM',
} as const satisfies Record<Exclude<Role, 'SYSTEM'>, AgencyKind>;
export type SweptRole = keyof typeof ROLES;
export const SWEPT = Object.keys(ROLES) as SweptRole[];

export const SENDERS = {
  OFFICER: 'FIRST_RESPONDER_REFERRAL',
  MEDIC: 'FIRST_RESPONDER_REFERRAL',
  HOSPITAL_STAFF: 'HOSPITAL_REFERRAL',
  PROVIDER_STAFF: 'SELF_REFERRAL',
  COORDINATOR: 'ACTIVE_OUTREACH',
  SCHOOL_LIAISON: 'SCHOOL_REFERRAL',
} as const satisfies Partial<Record<SweptRole, Pathway>>;
type Sender = keyof typeof SENDERS;
export const SENDING = Object.keys(SENDERS) as Sender[];

const COORDINATED: readonly AgencyKind[] = ['LAW_ENFORCEMENT', 'EMS', 'HOSPITAL', 'SCHOOL', 'TREATMENT_PROVIDER'];
/** Provenance only takes away, and is looked at elsewhere: here as much is shown as the relations give. */
const OPEN = { part2Program: false };
const command = { name: 'arranged' };

/** One agency of every kind and one of every role, around one program that takes whomever they send. */
export class Side {
  /** Another outreach program, of a team that nobody of the sweep is in; after `visit`. */
  nextProgramId = '';
  readonly #referrals = new Map<string, string>();
  readonly #linkables = new Map<string, string>();
  readonly #hidden: HiddenSide;

  private constructor(
    readonly app: TestApp,
    readonly cast: Readonly<Record<SweptRole, Actor>>,
    readonly pool: BuiltPool,
    /** Another program of the agency, nearly full. */
    readonly fullPool: BuiltPool,
    /** Of another agency, asked as well. */
    second: Program,
    /** Led by the outreach team; the provider is in its team. */
    readonly outreachProgramId: string,
    private readonly latitude: number,
  ) {
    this.#hidden = new HiddenSide(app, cast.COORDINATOR, [{ pool, intake: cast.PROVIDER_STAFF }, second]);
  }

  static async build(app: TestApp, latitude: number): Promise<Side> {
    const agencies = new Map<AgencyKind, string>();
    const team = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    agencies.set('OUTREACH_TEAM', team.id);
    for (const kind of new Set(Object.values(ROLES))) {
      if (agencies.has(kind)) continue;
      const coordinatingAgencyId = COORDINATED.includes(kind) ? team.id : null;
      agencies.set(kind, (await buildAgency(app.database, { kind, coordinatingAgencyId })).id);
    }
    const cast: Partial<Record<SweptRole, Actor>> = {};
    for (const role of SWEPT) {
      const kind = ROLES[role];
      cast[role] = await buildStaff(app.database, { id: agencies.get(kind) ?? '', kind }, role);
    }
    // Somebody at public health who can send what is asked for.
    const health = { id: agencies.get('PUBLIC_HEALTH') ?? '', kind: 'PUBLIC_HEALTH' } as const;
    await buildStaff(app.database, health, 'SAFETY_OFFICER');
    const agencyId = agencies.get('TREATMENT_PROVIDER') ?? '';
    const pool = await buildBedPool(app.database, { staffed: 5000, program: { ...OPEN, agencyId, latitude } });
    const fullPool = await buildBedPool(app.database, {
      staffed: 10,
      program: { ...OPEN, agencyId, latitude: latitude - 9 },
    });
    const second = await buildProgramOf(app, { staffed: 5000, program: { ...OPEN, latitude } });
    const outreach = await buildOutreachProgram(app.database, {
      agencyId: team.id,
      countyFips: [latitude > 50 ? '02090' : '39141'],
      teamAgencyIds: [agencyId],
    });
    return new Side(app, cast as Record<SweptRole, Actor>, pool, fullPool, second, outreach, latitude);
  }

  /** The referral of one sender, gone as far as that; the same one however often it is asked for. */
  async referral(sender: Sender, at: Beginning): Promise<string> {
    const key = `${sender} ${at}`;
    const known = this.#referrals.get(key);
    if (known) return known;
    const need = { latitude: this.latitude, preferredProgramIds: [this.pool.programId] };
    const person = { ageYears: 34, sex: 'MALE', givenName: `Canary ${randomUUID()}`, familyName: 'Swept' } as const;
    const submission = buildSubmission({ person, pathway: SENDERS[sender] }, need);
    const id = await buildReferral(this.app, this.cast[sender], submission);
    await this.#hidden.begin(id, at);
    this.#referrals.set(key, id);
    return id;
  }

  personOf(referralId: string): Promise<string> {
    return this.#hidden.personOf(referralId);
  }

  /** Counts at which the state is to be told, so that a clock about room runs. */
  async fill(): Promise<void> {
    const pools = [{ poolId: this.fullPool.id, staffed: 10, occupied: 9 }];
    done(await this.app.app.get(CensusService).post(this.cast.PROVIDER_STAFF, { pools, source: 'STAFF' }, command));
  }

  /** Reports of children, and caregivers as far as they can be. */
  async report(): Promise<void> {
    const { OFFICER: officer, CHILD_SERVICES_WORKER: worker } = this.cast;
    const [reports, caregivers] = [this.app.app.get(ChildReportsService), this.app.app.get(CaregiversService)];
    const input = { childServicesId: worker.agencyId, place: 'Sample street', isInDanger: true };
    const reported = async () => done(await reports.report(officer, { ...input, concerns: ['SHUT_IN'] }, command));
    const inHand = async () => done(await reports.receive(worker, await reported(), command));
    await reported();
    done(await reports.close(worker, { reportId: await inHand(), outcome: 'SERVICES' }, command));
    for (const steps of [0, 1, 2, 3]) {
      // A child is placed once: each candidate is for a child of their own.
      const reportId = await inHand();
      const named = { reportId, name: 'Swept Aunt', relationship: 'AUNT_OR_UNCLE' } as const;
      const candidateId = done(await caregivers.propose(worker, named, command));
      if (steps === 0) continue;
      for (const checkKind of keysOf(caregiverChecks)) {
        done(await caregivers.check(worker, { candidateId, checkKind, result: 'PASSED' }, command));
      }
      if (steps > 1) done(await caregivers.clear(worker, candidateId, command));
      if (steps > 2) done(await caregivers.place(worker, candidateId, command));
    }
  }

  /** Every school has a notice. */
  async notify(): Promise<void> {
    const input = { schoolId: this.cast.SCHOOL_LIAISON.agencyId, childName: 'Swept Child', ageYears: 7 };
    done(await this.app.app.get(NoticesService).send(this.cast.OFFICER, input, command));
  }

  /** A bag in every state of custody, brought there by people whom the sweep does not play. */
  async handIn(): Promise<void> {
    const { agencyId: id, agencyKind: kind } = this.cast.OFFICER;
    const hire = (role: 'OFFICER' | 'EVIDENCE_CUSTODIAN') => buildStaff(this.app.database, { id, kind }, role);
    const [one, other, keeper] = [await hire('OFFICER'), await hire('OFFICER'), await hire('EVIDENCE_CUSTODIAN')];
    const [intake, custody] = [this.app.app.get(SurrenderIntakeService), this.app.app.get(CustodyService)];
    const place = 'Sample room';
    for (const steps of [0, 1, 2, 3, 4]) {
      const bag = buildBag();
      const surrenderId = done(await intake.open(one, bag, command));
      const sealNumber = steps === 3 ? 'another' : bag.sealNumber;
      const found = { surrenderId, place, sealNumber, sealedGrossWeightGrams: bag.sealedGrossWeightGrams };
      if (steps > 0) done(await intake.countersign(other, { surrenderId }, command));
      if (steps > 1) done(await custody.release(one, { surrenderId, place }, command));
      const laboratory = { laboratory: 'Sample laboratory', receivedByName: 'Sample chemist' };
      if (steps === 3) done(await custody.receiveAtLaboratory(keeper, { ...found, ...laboratory }, command));
      if (steps === 4) done(await custody.receive(keeper, found, command));
      if (steps === 4) done(await custody.proposeDestruction(keeper, found, command));
    }
  }

  /** The medic opens the record of the person, and so everybody who knows them has something to review. */
  async breakGlass(referralId: string): Promise<string> {
    const medic = { ...this.cast.MEDIC, purpose: 'MEDICAL_EMERGENCY' } as const;
    const documented = { nature: 'OVERDOSE', ground: 'CONSENT_CANNOT_BE_OBTAINED', discloser: 'Sample' } as const;
    return done(await this.app.app.get(BreakGlassService).open(medic, { referralId, ...documented }, command));
  }

  async askForAccount(referralId: string): Promise<string> {
    const input = { personId: await this.personOf(referralId), source: 'OWN_AGENCY' } as const;
    return done(await this.app.app.get(AccountingService).request(this.cast.PROVIDER_STAFF, input, command));
  }

  /** A partner system of the program’s agency, which may do nothing at all. */
  addSystem(): Promise<Actor> {
    const { agencyId: id, agencyKind: kind } = this.cast.PROVIDER_STAFF;
    const nothing = { kind: 'SERVICE_ACCOUNT', scopes: [] } as const;
    return buildStaff(this.app.database, { id, kind }, 'PROVIDER_STAFF', nothing);
  }

  /** Where the clinic’s partner system would be told of its offers, and would push its census. */
  async addEndpoint(): Promise<void> {
    const { id, agencyId, membershipId } = await buildStaff(
      this.app.database,
      { id: this.cast.PROVIDER_STAFF.agencyId, kind: this.cast.PROVIDER_STAFF.agencyKind },
      'PROVIDER_STAFF',
      { kind: 'SERVICE_ACCOUNT', scopes: ['Offer:read', 'BedPool:postCensus'] },
    );
    await this.app.owner(
      `insert into webhook_endpoint (agency_id, membership_id, url, kinds, state, secret_sealed, created_by)
       values ($1, $2, 'https://hooks.example.org/swept', '{OFFER_CHANGED}', 'ACTIVE', decode(repeat('00', 45), 'hex'), $3)`,
      [agencyId, membershipId, id],
    );
    await this.app.owner(
      `insert into inbound_webhook (agency_id, membership_id, kind, secret_sealed, created_by)
       values ($1, $2, 'CENSUS_POSTED', decode(repeat('00', 45), 'hex'), $3)`,
      [agencyId, membershipId, id],
    );
  }

  /** Whoever comes to overdoses has reported one of nobody in particular. */
  async reportOverdoses(countyFips: string): Promise<void> {
    const { OFFICER, MEDIC, HOSPITAL_STAFF } = this.cast;
    for (const reporter of [OFFICER, MEDIC, HOSPITAL_STAFF]) {
      await buildOverdoseReport(this.app, reporter, { where: { countyFips } });
    }
  }

  /** Whoever takes people in has met somebody twice, once beyond doubt and once not, and somebody else besides. */
  async meetTwice(): Promise<void> {
    const agencies = [...new Set(SENDING.map((role) => this.cast[role].agencyId))];
    for (const [given, state] of [
      ['Linkable', 'OPEN'],
      ['Linkable', 'LINKED'],
      ['Apart', null],
      ['Apart', null],
    ] as const) {
      await this.app.owner(
        `with pairs as (select a as agency, uuidv7() as one, uuidv7() as other from unnest($1::uuid[]) a),
         made as (
           insert into person (id, given_name, family_name, source_agency_id)
           select unnest(array[one, other]), $2::text, 'Swept', agency from pairs returning id, source_agency_id),
         known as (insert into person_party (agency_id, person_id, basis) select source_agency_id, id, 'INTAKE' from made),
         paired as (
           insert into person_link (left_person_id, right_person_id, state, probability, bits, evidence, policy_version, found_at, found_by, decided_at, decided_by)
           select least(one, other), greatest(one, other), $3, 0.9, 9, '[]', 'swept', now(), 'HANDRAIL',
             case when $3 = 'LINKED' then now() end, case when $3 = 'LINKED' then 'HANDRAIL' end from pairs where $3::text is not null returning id)
         insert into person_link_decision (link_id, at, step, to_state, by_whom, policy_version) select id, now(), 'FIND', $3, 'HANDRAIL', 'swept' from paired`,
        [agencies, given, state],
      );
    }
    const rows = await this.app.owner<{ agency: string; id: string }>(
      `select distinct on (source_agency_id) source_agency_id as agency, id from person where given_name = 'Apart' and source_agency_id = any($1) order by source_agency_id, id desc`,
      [agencies],
    );
    for (const { agency, id } of rows) this.#linkables.set(agency, id);
    const met = await this.app.owner<{ id: string }>(
      "select id from person where given_name = 'Linkable' and source_agency_id = any($1)",
      [agencies],
    );
    for (const { id } of met) await this.app.app.get(LinkagePassService).compare(id);
  }

  /** Somebody whom the role’s agency knows, or nobody. */
  readonly linkable = (role: SweptRole): string => this.#linkables.get(this.cast[role].agencyId) ?? randomUUID();

  /** Rows of the roster: on it, handed to it, followed up, and of a county that nobody looks after. */
  async visit(countyFips: string, [nextDoor, nowhere]: readonly [string, string]): Promise<void> {
    const { OFFICER: officer, OUTREACH_WORKER: worker } = this.cast;
    const next = await buildTeam(this.app, [nextDoor]);
    this.nextProgramId = next.programId;
    const residence = { countyFips, address: '12 Swept Street' };
    const person = { givenName: 'Swept', familyName: 'Followed' };
    await buildOverdoseReport(this.app, officer, { where: { countyFips }, residence });
    await buildHeldRow(this.app, officer, worker, countyFips);
    await buildOverdoseReport(this.app, officer, { where: { countyFips: nowhere } });
    await buildOverdoseReport(this.app, officer, { where: { countyFips: nextDoor }, residence });
    const flag = {
      person: { givenName: 'Swept' },
      reasons: ['WITHDRAWAL'],
      consentState: 'WRITTEN',
      mayTellBack: true,
      wantsContact: true,
    } as const;
    const opened = { ...flag, reasons: [...flag.reasons], opens: ['OUTREACH' as const], countyFips, consents: [] };
    done(await this.app.app.get(AtRiskFlagsService).flag(this.cast.HOSPITAL_STAFF, opened, command));
    const followed = await buildOverdoseReport(this.app, officer, { where: { countyFips }, person });
    const { id: caseId } = await rowOfReport(this.app, followed);
    const cases = this.app.app.get(OutreachCasesService);
    const contact = { caseId, channel: 'VISIT', result: 'ENGAGED', services: [], leftBehind: 'NEVER' } as const;
    done(await cases.attempt(worker, { ...contact, services: [], mayContactAgain: true }, command));
    done(await cases.close(worker, { caseId }, command));
  }

  /** A spike that everybody of this side was told of, with something asked of each, and a warning by the clinic. */
  async alarm(countyFips: string): Promise<void> {
    const agencies = [...new Set(Object.values(this.cast).map(({ agencyId }) => agencyId))];
    await this.app.owner('insert into agency_jurisdiction select unnest($1::uuid[]), $2', [agencies, countyFips]);
    await this.app.owner(
      `with alert as (
         insert into spike_alert (county_fips, opened_at, last_spike_at, peak_p, look_at) values ($1, now(), now(), 0.001, now() + interval '1 day') returning id, opened_at),
       told as (insert into spike_alert_party (agency_id, alert_id, side, opened_at) select unnest($2::uuid[]), id, 'OWNING', opened_at from alert)
       insert into alert_action (alert_id, agency_id, kind, changed_at) select id, unnest($2::uuid[]), 'RESTOCK_NALOXONE', now() from alert`,
      [countyFips, agencies],
    );
    await this.app.owner(
      `with warning as (
         insert into batch_warning (agency_id, county_fips, basis, contents, issued_at, expires_at)
         values ($1, array[$2], 'FIELD', '{NOT_KNOWN}', now(), now() + interval '9 days') returning id, issued_at)
       insert into batch_warning_party (agency_id, warning_id, issued_at) select unnest($3::uuid[]), id, issued_at from warning`,
      [this.cast.PROVIDER_STAFF.agencyId, countyFips, agencies],
    );
  }

  /** Somebody with a good token, whose membership has just ended. */
  async leaver(): Promise<Ask> {
    const { agencyId: id, agencyKind: kind } = this.cast.PROVIDER_STAFF;
    const leaver = await buildStaff(this.app.database, { id, kind }, 'PROVIDER_STAFF');
    const ask = await this.app.as(leaver);
    const { data } = await ask<{ viewer: { role: string } }>('{ viewer { role } }');
    if (data?.viewer.role !== 'PROVIDER_STAFF') throw new Error('never was signed in');
    await this.app.owner('update membership set ended_at = now() where id = $1', [leaver.membershipId]);
    return ask;
  }

  /** Signed at the sender, for whoever treats the person. */
  async consentOf(referralId: string, sender: Sender): Promise<string> {
    const { scope: _, ...signature } = consent('TREATMENT_PAYMENT_OPERATIONS');
    const ask = await this.app.as(this.cast[sender]);
    const input = { personId: await this.personOf(referralId), ...signature };
    const { data } = await ask<{ recordPersonConsent: { id: string } }>(
      'mutation ($input: RecordPersonConsentInput!) { recordPersonConsent(input: $input) { ... on Consent { id } } }',
      { input },
    );
    return data?.recordPersonConsent.id ?? '';
  }
}
