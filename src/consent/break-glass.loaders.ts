import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { BreakGlassStore, type BreakGlassRow, type EmergencyRecordRow } from './break-glass.store';
import { BreakGlassReviewsStore, type BreakGlassReviewRow } from './break-glass-reviews.store';

@Injectable()
export class BreakGlassLoaders {
  constructor(
    private readonly store: BreakGlassStore,
    private readonly reviews: BreakGlassReviewsStore,
  ) {}

  readonly byId = defineLoader<string, BreakGlassRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byId(reader, ids), (row) => row.id),
  );

  /** What the same grant opened beside it. */
  readonly linked = defineLoader<string, BreakGlassRow[]>(async (reader, ids) => {
    const rows = await this.store.linked(reader, ids);
    return ids.map((id) => rows.filter(({ openedBeside }) => openedBeside === id));
  });

  /** Null once it has ended, and for every other agency. */
  readonly record = defineLoader<string, EmergencyRecordRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.records(reader, ids), (row) => row.id),
  );

  readonly review = defineLoader<string, BreakGlassReviewRow>(async (reader, ids) =>
    inOrderOf(ids, await this.reviews.byId(reader, ids), (row) => row.id),
  );
}
