import { Injectable } from '@nestjs/common';
import type { Facts } from '../../access';
import { ClocksService, type ClockEntity } from '../../clocks';
import type { PersonRisk } from '../../overdoses';
import { defineLoader, inOrderOf } from '../../platform/graphql';
import { CaseRisks } from './case-risks';
import {
  OutreachCasesStore,
  type CaseEventRow,
  type LikenessRow,
  type OutreachCaseRow,
  type OutreachStepRow,
  type VisitAttemptRow,
} from './outreach-cases.store';

export type FollowUpRow = Pick<ClockEntity, keyof ClockEntity> & Facts;

@Injectable()
export class OutreachCasesLoaders {
  constructor(
    private readonly store: OutreachCasesStore,
    private readonly clocks: ClocksService,
    private readonly risks: CaseRisks,
  ) {}

  readonly case = defineLoader<string, OutreachCaseRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  readonly overdoses = defineLoader<string, CaseEventRow[]>(async (reader, ids) => {
    const rows = await this.store.events(reader, ids);
    return ids.map((id) => rows.filter(({ caseId }) => caseId === id));
  });

  readonly risk = defineLoader<string, Pick<PersonRisk, 'points' | 'raised'>>(async (reader, ids) => {
    const risks = await this.risks.of(reader, ids);
    return ids.map((id) => risks.get(id) ?? null);
  });

  readonly attempts = defineLoader<string, VisitAttemptRow[]>(async (reader, ids) => {
    const rows = await this.store.attempts(reader, ids);
    return ids.map((id) => rows.filter(({ shownOn }) => shownOn === id));
  });

  readonly steps = defineLoader<string, OutreachStepRow[]>(async (reader, ids) => {
    const rows = await this.store.steps(reader, ids);
    return ids.map((id) => rows.filter(({ caseId }) => caseId === id));
  });

  readonly likenesses = defineLoader<string, LikenessRow[]>(async (reader, ids) => {
    const rows = await this.store.likenesses(reader, ids);
    return ids.map((id) => rows.filter(({ caseId }) => caseId === id));
  });

  /** Of the lead of the program: it has the clocks. */
  readonly followUps = defineLoader<string, FollowUpRow[]>(async (reader, ids) => {
    const rows = await this.clocks.ofSubjects(reader, ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'], ids);
    const plain: readonly Pick<ClockEntity, keyof ClockEntity>[] = rows;
    const own = plain.map((row) => ({ ...row, relations: ['OWN_AGENCY'] as const, consents: [] }));
    return ids.map((id) => own.filter(({ subjectId }) => subjectId === id));
  });
}
