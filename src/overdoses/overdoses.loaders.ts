import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { OverdoseReportsStore, type OverdoseReportRow, type RevisionRow } from './overdose-reports.store';
import { changedBetween } from './report-facts';

/** A revision, with the names of the facts it changed. */
export type ShownRevision = Pick<
  RevisionRow,
  'reportId' | 'agencyId' | 'revision' | 'at' | 'because' | 'personId' | 'relations' | 'consents'
> & {
  readonly changed: readonly string[];
};

@Injectable()
export class OverdosesLoaders {
  constructor(private readonly store: OverdoseReportsStore) {}

  readonly report = defineLoader<string, OverdoseReportRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), (row) => row.id),
  );

  /** The revisions of a report, the first first, each with what it changed. */
  readonly revisions = defineLoader<string, readonly ShownRevision[]>(async (reader, reportIds) => {
    const rows = await this.store.revisions(reader, reportIds);
    return reportIds.map((reportId) => {
      const own = rows.filter((row) => row.reportId === reportId);
      return own.map((row, at) => shown(row, own[at - 1] ?? row));
    });
  });
}

const shown = (row: RevisionRow, before: RevisionRow): ShownRevision => {
  const { reportId, agencyId, revision, at, because, personId, relations, consents } = row;
  const changed = [...changedBetween(before, row), ...(before.personId === personId ? [] : ['person'])];
  return { reportId, agencyId, revision, at, because, personId, relations, consents, changed };
};
