import { Injectable } from '@nestjs/common';
import { NO_FACTS, type Facts } from '../access';
import { BreakGlassLoaders, ConsentsLoaders } from '../consent';
import { OutreachCasesLoaders } from '../outreach';
import { OverdosesLoaders } from '../overdoses';
import { PeopleLoaders } from '../people';
import type { Reader } from '../platform/database/reader';
import { badInput, type Loader } from '../platform/graphql';
import { ReferralsLoaders, WaitlistLoaders } from '../referrals';
import { ChildReportsLoaders, NoticesLoaders } from '../safety';

/** The records of which it can be asked why somebody sees a field of them, each read as that somebody. */
@Injectable()
export class ExplainedRecords {
  readonly #byType: ReadonlyMap<string, Pick<Loader<string, Facts>, 'readBack'>>;

  constructor(
    people: PeopleLoaders,
    consents: ConsentsLoaders,
    glasses: BreakGlassLoaders,
    referrals: ReferralsLoaders,
    waitlist: WaitlistLoaders,
    overdoses: OverdosesLoaders,
    cases: OutreachCasesLoaders,
    children: ChildReportsLoaders,
    notices: NoticesLoaders,
  ) {
    this.#byType = new Map<string, Pick<Loader<string, Facts>, 'readBack'>>([
      ['Person', people.person],
      ['PersonLink', people.link],
      ['Episode', people.episode],
      ['Consent', consents.byId],
      ['Referral', referrals.referral],
      ['Offer', referrals.offer],
      ['Clock', referrals.clock],
      ['WaitlistEntry', waitlist.byId],
      ['OverdoseReport', overdoses.report],
      ['OutreachCase', cases.case],
      ['ChildReport', children.report],
      ['HandleWithCareNotice', notices.notice],
      ['BreakGlass', glasses.byId],
      ['EmergencyRecord', glasses.record],
    ]);
  }

  /** None where the reader finds no such record. Throws BAD_USER_INPUT for a type that is not among these. */
  async factsOf(reader: Reader, type: string, id: string): Promise<Facts> {
    const record = this.#byType.get(type);
    if (record) return (await record.readBack(reader, id)) ?? NO_FACTS;
    throw badInput(
      'Records of this type are not explained.',
      'type',
      `Send one of: ${[...this.#byType.keys()].join(', ')}.`,
    );
  }
}
