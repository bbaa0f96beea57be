import { Injectable } from '@nestjs/common';
import { mayRead, type Facts } from '../access';
import { BreakGlassLoaders, ConsentsLoaders } from '../consent';
import { OutreachCasesLoaders } from '../outreach';
import { OverdosesLoaders } from '../overdoses';
import { PeopleLoaders } from '../people';
import type { Reader } from '../platform/database/reader';
import { badInput } from '../platform/graphql';
import { ReferralsLoaders, WaitlistLoaders } from '../referrals';
import { ExplainedOthers } from './explained-others';
import { ExplainedParts, type Readable } from './explained-parts';

/** What a row says of itself; of whom it is stands in one of these. */
export type Explained = Facts & {
  readonly id?: string;
  readonly personId?: string | null;
  readonly aboutPersonId?: string;
  readonly referralId?: string | null;
};

/** The records of which it can be asked why somebody sees a field of them, each read as that somebody. */
@Injectable()
export class ExplainedRecords {
  readonly #byType: ReadonlyMap<string, Readable>;
  readonly #referrals: ReferralsLoaders;

  constructor(
    people: PeopleLoaders,
    consents: ConsentsLoaders,
    glasses: BreakGlassLoaders,
    referrals: ReferralsLoaders,
    waitlist: WaitlistLoaders,
    overdoses: OverdosesLoaders,
    cases: OutreachCasesLoaders,
    others: ExplainedOthers,
    parts: ExplainedParts,
  ) {
    this.#referrals = referrals;
    this.#byType = new Map<string, Readable>([
      ['Person', people.person],
      ['PersonLink', people.link],
      ['Episode', people.episode],
      ['PersonMatch', people.person],
      ['Consent', consents.byId],
      ['ConsentRevocation', consents.byId],
      ['Referral', referrals.referral],
      ['ReferralNeed', referrals.referral],
      ['QueueItem', { readBack: (reader, id) => this.queued(reader, id) }],
      ['Offer', referrals.offer],
      ['Clock', referrals.clock],
      ['WaitlistEntry', waitlist.byId],
      ['OverdoseReport', overdoses.report],
      ['OverdoseReportRevision', overdoses.report],
      ['OutreachCase', cases.case],
      ['OutreachOverdose', cases.case],
      ['OutreachStep', cases.case],
      ['OutreachLikeness', cases.case],
      ['BreakGlass', glasses.byId],
      ['EmergencyRecord', glasses.record],
      ...others.byType,
      ...parts.byType,
    ]);
  }

  /** Null where the reader finds no such record. Throws BAD_USER_INPUT for a type that is not among these. */
  async find(reader: Reader, type: string, id: string): Promise<Explained | null> {
    const record = this.#byType.get(type);
    if (record) return record.readBack(reader, id);
    throw badInput(
      'Records of this type are not explained.',
      'type',
      `Send one of: ${[...this.#byType.keys()].join(', ')}.`,
    );
  }

  /** A referral stands in nobody’s queue who may not know where it stands. */
  private async queued(reader: Reader, id: string): Promise<Facts | null> {
    const row = await this.#referrals.referral.readBack(reader, id);
    return row && mayRead(reader.actor, 'QueueItem', 'id', row) ? row : null;
  }

  /** Whose record it is, as far as the reader may know; null: nobody’s that is on file. */
  async personOf(reader: Reader, type: string, row: Explained): Promise<string | null> {
    if (type === 'Person') return row.id ?? null;
    const named = row.personId ?? row.aboutPersonId ?? null;
    if (named !== null || !row.referralId) return named;
    return (await this.#referrals.referral.readBack(reader, row.referralId))?.personId ?? null;
  }
}
