import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { MatchingLoaders } from '../matching';
import { OutreachCasesLoaders } from '../outreach';
import type { Reader } from '../platform/database/reader';
import type { Loader } from '../platform/graphql';
import { ReferralsLoaders, runsTold, unmetNeedTold } from '../referrals';
import { ChildReportsLoaders } from '../safety';
import { ExplainedPartsStore, type PartType } from './explained-parts.store';

/** Reads one record as somebody; null where they find none. */
export type Readable = Pick<Loader<string, Facts>, 'readBack'>;
type Part = Facts & { readonly id: string };
type Parts = (reader: Reader, homeId: string) => Promise<readonly Part[]>;
type ManyOf = Pick<Loader<string, readonly Part[]>, 'readBack'>;

/** What is shown with the record it hangs on alone, read as that record shows it. */
@Injectable()
export class ExplainedParts {
  readonly byType: readonly (readonly [string, Readable])[];

  constructor(
    private readonly homes: ExplainedPartsStore,
    private readonly referrals: ReferralsLoaders,
    private readonly matching: MatchingLoaders,
    cases: OutreachCasesLoaders,
    children: ChildReportsLoaders,
  ) {
    this.byType = [
      this.among('HandOff', partsOf(referrals.handOffsOf)),
      this.among('ReferralChange', partsOf(referrals.changesOf)),
      this.among('MatchRun', (reader, referralId) => this.runs(reader, referralId)),
      ['UnmetNeed', { readBack: (reader, id) => this.unmetNeed(reader, id) }],
      this.among('VisitAttempt', partsOf(cases.attempts)),
      this.among('OutreachFollowUp', partsOf(cases.followUps)),
      this.among('CaregiverStep', partsOf(children.stepsOf)),
    ];
  }

  private among(type: PartType, parts: Parts): readonly [PartType, Readable] {
    const readBack = async (reader: Reader, id: string): Promise<Part | null> => {
      const homeId = await this.homes.homeOf(reader, type, id);
      return homeId === null ? null : ((await parts(reader, homeId)).find((part) => part.id === id) ?? null);
    };
    return [type, { readBack }];
  }

  private async runs(reader: Reader, referralId: string): Promise<readonly Part[]> {
    const referral = await this.referrals.referral.readBack(reader, referralId);
    const runs = await this.matching.matchRunsByReferral.readBack(reader, referralId);
    return referral ? runsTold(reader.actor, referral, runs ?? []) : [];
  }

  /** A referral may have had several, each of which its own agency lists. */
  private async unmetNeed(reader: Reader, id: string): Promise<Part | null> {
    const unmet = await this.matching.unmetNeed.readBack(reader, id);
    const referral = unmet && (await this.referrals.referral.readBack(reader, unmet.referralId));
    return unmet && (referral ? unmetNeedTold(referral, unmet) : unmet);
  }
}

const partsOf =
  (loader: ManyOf): Parts =>
  async (reader, homeId) =>
    (await loader.readBack(reader, homeId)) ?? [];
