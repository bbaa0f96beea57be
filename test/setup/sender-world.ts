import { setTimeout as pause } from 'node:timers/promises';
import { consent } from '../../src/cli/walkthrough/people';
import type { Actor } from '../../src/access';
import { buildAgency, buildStaff } from '../builders/agencies';
import type { Program } from '../builders/referrals';
import type { Ask, TestApp } from './app';
import { everythingOf } from './everything-readable';
import { HiddenSide, type Beginning, type HiddenMove } from './hidden-side';

/** Who may not see where in treatment the person is. What the table grants to care is left out of what they are asked. */
const SENDERS = {
  OFFICER: { kind: 'LAW_ENFORCEMENT', pathway: 'FIRST_RESPONDER_REFERRAL', without: [] },
  SCHOOL_LIAISON: { kind: 'SCHOOL', pathway: 'SCHOOL_REFERRAL', without: [] },
  HOSPITAL_STAFF: {
    kind: 'HOSPITAL',
    pathway: 'HOSPITAL_REFERRAL',
    without: ['Referral.unmetNeed', 'Episode.closedAt'],
  },
} as const;
export type SenderRole = keyof typeof SENDERS;

const need = {
  substances: ['OPIOIDS'],
  currentMedications: [],
  lastUse: 'WITHIN_30_DAYS',
  latitude: 39.33,
  longitude: -82.98,
};

/** A mutation, the type of its input (null: it takes an id), and what is sent beside the referral. */
interface Sent {
  readonly name: string;
  readonly type: string | null;
  readonly input?: object;
}
const release = (transport: string): Sent => ({
  name: 'releaseHandOff',
  type: 'ReleaseHandOffInput',
  input: { transport, place: 'STATION' },
});
const provide = (input: object): Sent => ({ name: 'provideReferralInfo', type: 'ProvideReferralInfoInput', input });
const sign = (scope: Parameters<typeof consent>[0]): Sent => ({
  name: 'recordConsent',
  type: 'RecordConsentInput',
  input: { consent: consent(scope) },
});
const HOUR_MS = 3_600_000;

const senderCalls = {
  cancel: { name: 'cancelReferral', type: 'CancelReferralInput', input: { reason: 'PERSON_CHANGED_MIND' } },
  recall: { name: 'recallReferral', type: null },
  releaseByFamily: release('FAMILY'),
  releaseBySender: release('OFFICER'),
  recordConsent: sign('IDENTITY_BEFORE_ACCEPTANCE'),
  recordForTreatment: sign('TREATMENT_PAYMENT_OPERATIONS'),
  provideFacts: provide({ facts: { language: 'en' } }),
  provideNonsense: provide({ facts: { countyFips: '00000' } }),
  clear: provide({ isMedicallyCleared: true }),
  arrive: { name: 'recordArrival', type: null },
} as const satisfies Record<string, Sent>;
export const CALLS = [
  ...(Object.keys(senderCalls) as (keyof typeof senderCalls)[]),
  'takeBack',
  'referAgain',
  'look',
] as const;
export type Call = (typeof CALLS)[number];

type Result = { readonly id?: string } | null;

/** One referral of one sender, on a path of its own behind the valve. */
export class SenderWorld {
  /** Every answer and everything shown, in order; ids and times by their place in the play. */
  readonly told: unknown[] = [];
  /** What the sender may know, and did: worlds that share it may not be told apart. */
  readonly trail: unknown[] = [];
  readonly #marks: number[] = [];
  readonly #names = new Map<string, string>();
  readonly #hidden: HiddenSide;
  #referralId = '';
  #hasWithdrawn = false;
  #isForTreatment = false;

  private constructor(
    readonly app: TestApp,
    private readonly sender: Actor & { readonly role: SenderRole },
    private readonly speak: Ask,
    private readonly overseer: Ask,
    other: { readonly coordinator: Actor; readonly programs: readonly Program[] },
  ) {
    this.#hidden = new HiddenSide(app, other.coordinator, other.programs);
  }

  static async open(
    app: TestApp,
    role: SenderRole,
    other: { readonly coordinator: Actor; readonly programs: readonly Program[] },
  ): Promise<SenderWorld> {
    const { kind } = SENDERS[role];
    const agency = await buildAgency(app.database, { kind, coordinatingAgencyId: other.coordinator.agencyId });
    const sender = { ...(await buildStaff(app.database, agency, role)), role };
    const overseer = await buildStaff(app.database, agency, 'PRIVACY_OFFICER');
    return new SenderWorld(app, sender, await app.as(sender), await app.as(overseer), other);
  }

  /** The sender refers, and the hidden side goes as far as the beginning says. */
  async begin(beginning: Beginning): Promise<void> {
    await this.mark();
    const person = { ageYears: 34, givenName: 'Jo', familyName: 'Sample' };
    this.#referralId = (await this.submit({ person }))?.id ?? '';
    await this.mark();
    await this.#hidden.begin(this.#referralId, beginning);
    this.trail.push(await this.known());
  }

  async move(move: HiddenMove | undefined): Promise<void> {
    await this.mark();
    if (move) await this.#hidden.move(this.#referralId, move);
  }

  async take(call: Call): Promise<void> {
    await this.mark();
    // What is known before the call: what it does is part of its answer, and must not set two worlds apart.
    this.trail.push([call, await this.known()]);
    await this.call(call);
    await this.look();
  }

  private async call(call: Call): Promise<void> {
    if (call === 'look') return;
    if (call === 'referAgain') {
      await this.submit({ episodeId: await this.#hidden.episodeOf(this.#referralId) });
      return;
    }
    if (call === 'takeBack') {
      await this.takeBack();
      return;
    }
    const sent: Sent = senderCalls[call];
    if (call === 'recordForTreatment' && !(await this.isClosed())) this.#isForTreatment = true;
    await this.send(sent, { referralId: this.#referralId, ...sent.input });
    // Closed before or closed by it: to the sender it is closed from here on, whatever was answered.
    if (call === 'cancel' || call === 'recall') this.#hasWithdrawn = true;
  }

  /** What was sent on the strength of the consent is recalled by the news of it. */
  private async takeBack(): Promise<void> {
    const personId = await this.#hidden.personOf(this.#referralId);
    const { data, errors } = await this.speak(
      `mutation ($input: RevokePersonConsentsInput!) {
        revokePersonConsents(input: $input) { __typename ... on Person { id } ... on Refused { code message } }
      }`,
      { input: { personId, method: 'ORAL', scopes: ['TREATMENT_PAYMENT_OPERATIONS'] } },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    this.told.push(this.plain(data));
    await this.app.runDue();
    if (this.#isForTreatment) this.#hasWithdrawn = true;
  }

  private submit(input: object): Promise<Result> {
    const { pathway } = SENDERS[this.sender.role];
    return this.send({ name: 'submitReferral', type: 'SubmitReferralInput' }, { pathway, need, ...input });
  }

  private async send({ name, type }: Sent, input: object): Promise<Result> {
    const answer = `... on Referral { ${this.everything(3)} } ... on Refused { code message field remedy details }`;
    const [variable, argument] = type === null ? ['$id: ID!', 'id: $id'] : [`$input: ${type}!`, 'input: $input'];
    const variables = type === null ? { id: this.#referralId } : { input };
    const { data, errors } = await this.speak<Record<string, Result>>(
      `mutation (${variable}) { ${name}(${argument}) { __typename ${answer} } }`,
      variables,
    );
    this.told.push(this.plain([data, errors.map(({ message, extensions }) => [message, extensions['code']])]));
    return data?.[name] ?? null;
  }

  private async look(): Promise<void> {
    const { data, errors } = await this.speak(
      `query ($id: ID!) {
        referral(id: $id) { ${this.everything(3)} }
        referrals(first: 5) { pageInfo { hasNextPage } nodes { ${this.everything(1)} } }
      }`,
      { id: this.#referralId },
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    this.told.push(this.plain(data), await this.oversee());
  }

  /** The trail of the sending agency, as its privacy officer reads it. */
  private async oversee(): Promise<unknown> {
    const { data, errors } = await this.overseer(
      `{ auditTrail(first: 100) { nodes { ${everythingOf('AuditEntry', 1)} } } }`,
    );
    if (errors.length > 0) throw new Error(JSON.stringify(errors));
    return this.plain(data);
  }

  private everything(depth: number): string {
    // Built agencies are named at random.
    return everythingOf('Referral', depth, [...SENDERS[this.sender.role].without, 'Agency.name']);
  }

  /** A boundary in time: all that happens between two of them happened “then”. */
  private async mark(): Promise<void> {
    await pause(2);
    this.#marks.push(Date.now());
    await pause(2);
  }

  /** Ids by order of appearance, times by when in the play they lie: what is left is what an answer says. */
  private plain(value: unknown): unknown {
    return JSON.parse(JSON.stringify(value), (_, one: unknown) => {
      if (typeof one !== 'string') return one;
      // A digest is over ids and times as well.
      if (/^([0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64})$/.test(one)) {
        const name = this.#names.get(one) ?? `id ${this.#names.size + 1}`;
        this.#names.set(one, name);
        return name;
      }
      if (!/^\d{4}-\d\d-\d\dT/.test(one)) return one;
      const at = Date.parse(one);
      const isOfThePlay = Math.abs(at - Date.now()) < HOUR_MS / 2;
      return isOfThePlay ? `part ${this.#marks.filter((mark) => mark <= at).length}` : 'another time';
    }) as unknown;
  }

  private async isClosed(): Promise<boolean> {
    return this.#hasWithdrawn || (await this.#hidden.stateOf(this.#referralId)).isFinal;
  }

  /** What the valve lets through, read behind the walls and not from what is under test. */
  private async known(): Promise<unknown> {
    const { state, isFinal, isAcknowledged, missing } = await this.#hidden.stateOf(this.#referralId);
    const isClosed = this.#hasWithdrawn || isFinal;
    const open = isAcknowledged ? 'ACKNOWLEDGED' : 'SENT';
    const consents = await this.app.owner(
      'select permits, in_force, revoked_at is not null as revoked from consent where recorded_by_agency_id = $1 order by id',
      [this.sender.agencyId],
    );
    // Care may know that somebody waits for a place: it is told of unmet need.
    const isKnownToWait = this.sender.role === 'HOSPITAL_STAFF' && state === 'WAITLISTED';
    return { progress: isClosed ? 'CLOSED' : open, missing: isClosed ? [] : missing, consents, isKnownToWait };
  }
}
