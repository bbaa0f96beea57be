import { Injectable } from '@nestjs/common';
import { counties, stateOfFips, timeZoneOf } from '../../agencies';
import { DirectoryStore, levelOfCareCrosswalk } from '../../capacity';
import { newId } from '../../platform/database/new-id';
import { NO_AGENCY } from '../../platform/database/system-actor';
import type { SystemTx } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { RejectsFile } from '../csv/rejects-file';
import { directoryEntries } from './directory-entries';
import type { DirectoryEntry } from './directory-entry';
import { Reject, rejectReasons } from './directory-row';
import { ImportReport, type ImportFigures } from './import-report';
import { ListedAgenciesStore } from './listed-agencies.store';
import type { DirectoryReferences } from './to-directory-entry';
import { toListedAgency, toListedProgram } from './to-listed-program';

export interface DirectoryImport {
  /** Path of the directory, CSV. */
  readonly file: string;
  /** Path from which the name of the rejects file is made. */
  readonly rejects: string;
  /** Told the line of the file that everything up to is written. */
  readonly onLine?: (line: number) => void;
}

/** Rows that the import made or changed; all zero when the directory says nothing new. */
export interface ChangedRows {
  readonly agencies: number;
  readonly programs: number;
  readonly pools: number;
}

export interface ImportOutcome {
  readonly figures: ImportFigures;
  readonly changed: ChangedRows;
  /** Null when nothing was left out. */
  readonly rejectsFile: string | null;
}

/** Facilities a transaction writes: a few statements each, and seconds at most are lost when it fails. */
const BATCH = 500;

const references: DirectoryReferences = {
  countyAt: (latitude, longitude) => counties().countyAt(latitude, longitude),
  isCounty: (fips) => counties().isCounty(fips),
  stateOfFips,
  timeZoneOf,
  levelsOfSettings: (codes) => levelOfCareCrosswalk().levelsOfSettings(codes),
};

const none: ChangedRows = { agencies: 0, programs: 0, pools: 0 };
const sum = (left: ChangedRows, right: ChangedRows): ChangedRows => ({
  agencies: left.agencies + right.agencies,
  programs: left.programs + right.programs,
  pools: left.pools + right.pools,
});

const agenciesOf = (entries: readonly DirectoryEntry[]) => [
  ...new Map(entries.map((entry) => [entry.agency.sourceKey, toListedAgency(entry)])).values(),
];

/**
 * The SAMHSA directory into agencies, programs and pools: streamed, in batches, and safe to repeat. What a provider’s own
 * people changed is left as they keep it.
 */
@Injectable()
export class DirectoryImporter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: DirectoryStore,
    private readonly agencies: ListedAgenciesStore,
  ) {}

  /** Throws when the file is no directory or cannot be read; batches written before stay, and a repeat goes on from them. */
  async run({ file, rejects, onLine = () => undefined }: DirectoryImport): Promise<ImportOutcome> {
    const report = new ImportReport();
    const rejected = new RejectsFile(rejects, rejectReasons);
    const importId = newId();
    let changed = none;
    let batch: DirectoryEntry[] = [];
    const flush = async (line: number): Promise<void> => {
      if (batch.length > 0) changed = sum(changed, await this.write(importId, batch));
      batch = [];
      onLine(line);
    };
    let line = 0;
    try {
      for await (const found of directoryEntries(file, references)) {
        report.add(found);
        line = found.line;
        if (found instanceof Reject) await rejected.add(found);
        else if (batch.push(found) === BATCH) await flush(line);
      }
      await flush(line);
    } finally {
      await rejected.close();
    }
    return { figures: report.figures, changed, rejectsFile: rejected.path };
  }

  private async write(importId: string, entries: readonly DirectoryEntry[]): Promise<ChangedRows> {
    let changed = none;
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'importDirectory' }, async (tx) => {
      changed = await this.writeBatch(tx, entries);
      tx.audit({
        action: 'directory.imported',
        subjectType: 'Directory',
        subjectId: importId,
        details: { ...changed, fromLine: entries[0]?.line, toLine: entries.at(-1)?.line },
      });
      return { id: importId };
    });
    return changed;
  }

  private async writeBatch(tx: SystemTx, entries: readonly DirectoryEntry[]): Promise<ChangedRows> {
    const { ids, newIds } = await this.agencies.list(tx, agenciesOf(entries));
    const programs = entries.map((entry) => toListedProgram(entry, ids.get(entry.agency.sourceKey) ?? ''));
    const { programIds, pools } = await this.directory.list(tx, programs);
    for (const id of newIds) tx.audit({ action: 'agency.imported', subjectType: 'Agency', subjectId: id });
    for (const id of programIds) tx.audit({ action: 'program.imported', subjectType: 'Program', subjectId: id });
    return { agencies: newIds.length, programs: programIds.length, pools };
  }
}
