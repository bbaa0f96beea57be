import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';

export interface ProgramAnswers {
  readonly programId: string;
  readonly agencyId: string;
  readonly offersPut: number;
  readonly offersAnswered: number;
  /** `null`: none answered. */
  readonly medianAnswerMinutes: number | null;
}

export interface LastingDecline {
  readonly personId: string;
  readonly programId: string;
  /** A code, never free text. */
  readonly reason: string;
}

const saveAnswers = sql(
  `insert into program_answers (program_id, agency_id, offers_put, offers_answered, median_answer_minutes) values ($1, $2, $3, $4, $5)
   on conflict (program_id) do update set offers_put = excluded.offers_put, offers_answered = excluded.offers_answered,
     median_answer_minutes = excluded.median_answer_minutes, updated_at = app.now()`,
);
const decline = sql(
  `insert into lasting_decline (person_id, program_id, reason, since) values ($1, $2, $3, app.now())
   on conflict (person_id, program_id) do update set reason = excluded.reason, since = excluded.since`,
);
const clear = sql<{ reason: string }>(
  'delete from lasting_decline where person_id = $1 and program_id = $2 returning reason',
);

const declinedAmong = sql<{ personId: string; programId: string }>(
  'select person_id as "personId", program_id as "programId" from lasting_decline where program_id = any($1::uuid[]) and person_id = any($2::uuid[])',
);

const unlisted = sql<{ id: string }>(
  'select w.id from unnest($1::uuid[]) as w(id) where not exists (select 1 from program p where p.id = w.id)',
);

/** What is known of a program from earlier offers: how it answers, and whom it turned down for good. */
@Injectable()
export class ProgramHistoryStore {
  /** Those of the ids that no program has. */
  async unlisted(reader: Reader, programIds: readonly string[]): Promise<string[]> {
    return (await reader.query(unlisted, [programIds])).map(({ id }) => id);
  }

  async saveAnswers(tx: SystemTx, answers: ProgramAnswers): Promise<void> {
    const { programId, agencyId, offersPut, offersAnswered, medianAnswerMinutes } = answers;
    await tx.query(saveAnswers, [programId, agencyId, offersPut, offersAnswered, medianAnswerMinutes]);
  }

  async decline(tx: SystemTx, { personId, programId, reason }: LastingDecline): Promise<void> {
    await tx.query(decline, [personId, programId, reason]);
  }

  /** Which of these programs turned which of these persons down for good. `reader` must be the system’s. */
  declinedAmong(reader: Reader, programIds: readonly string[], personIds: readonly string[]) {
    return reader.query(declinedAmong, [programIds, personIds]);
  }

  /** Whether there was one. */
  async clear(tx: SystemTx, personId: string, programId: string): Promise<boolean> {
    return (await tx.query(clear, [personId, programId])).length > 0;
  }
}
