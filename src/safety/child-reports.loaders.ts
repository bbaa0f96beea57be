import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { attentionOf } from './engine/settling';
import type { ChildAttention } from './engine/vocabulary';
import {
  ChildReportsStore,
  type CaregiverRow,
  type CaregiverStepRow,
  type ChildReportRow,
} from './child-reports.store';

@Injectable()
export class ChildReportsLoaders {
  constructor(private readonly store: ChildReportsStore) {}

  readonly report = defineLoader<string, ChildReportRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  readonly candidate = defineLoader<string, CaregiverRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.candidatesByIds(reader, ids), ({ id }) => id),
  );

  readonly candidatesOf = defineLoader<string, CaregiverRow[]>(async (reader, ids) => {
    const rows = await this.store.candidatesOf(reader, ids);
    return ids.map((id) => rows.filter(({ childReportId }) => childReportId === id));
  });

  /** What has to be seen to now; only reports in hand need anything. */
  readonly attention = defineLoader<ChildReportRow, ChildAttention | null>(async (reader, reports) => {
    const vetted = await this.store.vettedOf(
      reader,
      reports.map(({ id }) => id),
    );
    return reports.map(({ state }, nth) => (state === 'RECEIVED' ? attentionOf(vetted[nth] ?? []) : null));
  });

  readonly earlierStepsOf = defineLoader<string, CaregiverStepRow[]>(async (reader, ids) => {
    const rows = await this.store.earlierStepsOf(reader, ids);
    return ids.map((id) => rows.filter(({ sameAs }) => sameAs === id));
  });

  readonly stepsOf = defineLoader<string, CaregiverStepRow[]>(async (reader, ids) => {
    const rows = await this.store.stepsOf(reader, ids);
    return ids.map((id) => rows.filter(({ candidateId }) => candidateId === id));
  });
}
