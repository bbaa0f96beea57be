import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';

const homeIn = (text: string) => sql<{ id: string }>(text);

/** Where the id of the record stands that a part hangs on, as far as the walls show the part to the reader. */
const homes = {
  HandOff: homeIn('select referral_id as id from hand_off where id = $1'),
  ReferralChange: homeIn('select referral_id as id from referral_change where id = $1'),
  MatchRun: homeIn('select referral_id as id from match_run where id = $1'),
  VisitAttempt: homeIn('select case_id as id from visit_attempt where id = $1'),
  OutreachFollowUp: homeIn('select subject_id as id from clock where id = $1'),
  CaregiverStep: homeIn('select candidate_id as id from caregiver_step where id = $1'),
};
export type PartType = keyof typeof homes;

@Injectable()
export class ExplainedPartsStore {
  /** The id of what the part hangs on; null where the reader finds no such part. */
  async homeOf(reader: Reader, type: PartType, id: string): Promise<string | null> {
    return (await reader.query(homes[type], [id]))[0]?.id ?? null;
  }
}
