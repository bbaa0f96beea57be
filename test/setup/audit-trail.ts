import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '../../src/access';
import { Logger } from '@nestjs/common';
import { SEALED_CONSENTS } from '../../src/consent';
import { AnchorFile } from '../../src/platform/audit/anchor-file';
import { journalBeside } from '../../src/platform/audit/audit-journal';
import { wallFaults } from '../../src/platform/audit/walls';
import { AuditSealer } from '../../src/platform/audit/audit-sealer';
import { AuditKeys } from '../../src/platform/audit/audit-keys';
import { TrailVerifier, type Finding, type Trail, type Tally } from '../../src/platform/audit/verify-trail';
import type { Settings } from '../../src/platform/config';
import { withTrail } from '../../src/platform/database/trail-source';
import { wallsOfThisProgram } from '../../src/platform/database/wall-catalogue';
import { Tasks } from '../../src/platform/jobs/tasks';
import { asOwner } from '../builders/agencies';
import { keepStrangersOut, type TestDatabase } from './database';
import { TestUnitOfWork } from './unit-of-work';

/** Transactions of other specs last seconds at most, on a busy machine some more. */
const HORIZON_PATIENCE_MS = 200_000;

/** What is wrong with the trail itself: who tampers with triggers off has moved walls as well, which other tests are about. */
const ofTheTrail = (findings: readonly Finding[]): Finding[] => findings.filter(({ fault }) => !(fault in wallFaults));

const hasHorizonPassed = async (database: TestDatabase): Promise<boolean> => {
  const [row] = await asOwner<{ hasPassed: boolean }>(
    database,
    'select coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot()), true) as "hasPassed" from audit_entry',
  );
  return row?.hasPassed ?? false;
};

/**
 * The horizon is the whole server’s: a transaction in the database of another spec holds it back, so this waits until it has
 * passed the newest entry; once it has, it stays there.
 */
export const untilSealable = async (database: TestDatabase): Promise<void> => {
  const until = Date.now() + HORIZON_PATIENCE_MS;
  while (!(await hasHorizonPassed(database))) {
    if (Date.now() > until) throw new Error('A transaction elsewhere on the server holds the horizon back.');
    await pause(20);
  }
};

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly tally: Tally;
}

/** A trail on a database of its own: written to, sealed, tampered with as its administrator, verified. */
export class TestTrail {
  readonly #others: TestUnitOfWork[] = [];

  private constructor(
    readonly db: TestUnitOfWork,
    private readonly folder: string,
    readonly anchors: AnchorFile,
  ) {}

  static async open(): Promise<TestTrail> {
    Logger.overrideLogger(false);
    const folder = mkdtempSync(join(tmpdir(), 'handrail-anchors-'));
    const anchors = new AnchorFile(join(folder, 'audit-anchors'));
    const db = await TestUnitOfWork.open(10, journalBeside(anchors.path));
    await keepStrangersOut(db.database);
    return new TestTrail(db, folder, anchors);
  }

  /** A sealer as another process would have it, with this or another file. */
  sealer(anchors: AnchorFile = this.anchors, keys: AuditKeys = this.db.auditKeys): AuditSealer {
    return new AuditSealer(this.db.unitOfWork, keys, new Tasks({ databasePoolSize: 10 } as Settings), anchors);
  }

  /** Seals everything written so far. */
  async seal(sealer = this.sealer()): Promise<void> {
    await untilSealable(this.db.database);
    await sealer.seal();
  }

  /** Commands one after the other, each noting that many facts. */
  async write(
    actor: Actor,
    commands: number,
    facts = 1,
    { unitOfWork }: Pick<TestUnitOfWork, 'unitOfWork'> = this.db,
  ): Promise<void> {
    for (let n = 0; n < commands; n++) {
      await unitOfWork.run(actor, { name: 'note' }, (tx) => {
        for (let i = 0; i < facts; i++) {
          tx.audit({ action: 'noted', subjectType: 'Test', subjectId: randomUUID(), details: { n, i } });
        }
        return Promise.resolve({ id: actor.id });
      });
    }
  }

  /** Another process on the same database, with a journal of its own in the same folder. */
  async beside(): Promise<TestUnitOfWork> {
    const other = await this.db.beside(journalBeside(this.anchors.path));
    this.#others.push(other);
    return other;
  }

  /** All that was committed is in the journals. */
  async journal(): Promise<void> {
    await Promise.all([this.db, ...this.#others].map(({ journal }) => journal.flush()));
  }

  /** As if nobody had written into them for minutes. */
  async ageJournals(): Promise<void> {
    const longAgo = Date.now() / 1000 - 600;
    for (const file of await this.#journalFiles()) await utimes(file, longAgo, longAgo);
  }

  async journals(): Promise<number> {
    return (await this.#journalFiles()).length;
  }

  async #journalFiles(): Promise<string[]> {
    const folder = journalBeside(this.anchors.path) ?? '';
    return (await readdir(folder)).map((name) => join(folder, name));
  }

  /** Waits for no anchor unless told so. */
  async verify(keys: AuditKeys = this.db.auditKeys, anchors: AnchorFile = this.anchors, waitMs = 0): Promise<Verdict> {
    await this.journal();
    const work = async (trail: Trail): Promise<Verdict> => {
      const verifier = new TrailVerifier(keys, trail);
      const findings: Finding[] = [];
      for await (const finding of verifier.findings()) findings.push(finding);
      return { findings: ofTheTrail(findings), tally: verifier.tally };
    };
    const place = {
      ...this.addresses,
      anchors,
      walls: wallsOfThisProgram(),
      sealed: SEALED_CONSENTS,
      anchorWaitMs: waitMs,
    };
    return withTrail(place, work);
  }

  /** Findings about walls, also where nothing else can be read. */
  async walls(): Promise<string[]> {
    const place = { anchors: this.anchors, walls: wallsOfThisProgram(), sealed: SEALED_CONSENTS, anchorWaitMs: 0 };
    return withTrail({ ...place, ...this.addresses }, ({ walls }) =>
      Promise.resolve(walls.map(({ fault, wall }) => `${fault} ${wall}`)),
    );
  }

  private get addresses(): { databaseUrl: string; appUrl: string } {
    const { appUrl, commandUrl } = this.db.database;
    return { databaseUrl: commandUrl, appUrl };
  }

  async close(): Promise<void> {
    for (const other of this.#others) await other.leave();
    await this.db.close();
    // A journal that is still being written would stand in the way.
    await this.journal();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
