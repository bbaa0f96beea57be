import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { newId } from '../database/new-id';
import { AuditJournal, journalBeside, journaledIds } from './audit-journal';

describe('the journal of a process', () => {
  let home: string;
  let folder: string;
  beforeEach(() => {
    Logger.overrideLogger(false);
    home = mkdtempSync(join(tmpdir(), 'handrail-journal-'));
    folder = join(home, 'anchors.journal');
  });
  afterEach(() => {
    rmSync(home, { recursive: true, force: true });
  });

  it('stands beside the anchors, and nowhere without them', async () => {
    expect([journalBeside('/a/anchors'), journalBeside(''), journalBeside(undefined)]).toEqual([
      '/a/anchors.journal',
      null,
      null,
    ]);
    const none = new AuditJournal(null);
    none.note([newId()]);
    await none.flush();
    expect(await journaledIds(null)).toEqual(new Set());
    expect(await journaledIds(folder)).toEqual(new Set());
  });

  it('is written by itself, in one file for each process', async () => {
    const ids = [newId(), newId(), newId()] as const;
    const [one, other] = [new AuditJournal(folder), new AuditJournal(folder)];
    one.note([ids[0]]);
    other.note([ids[1], ids[2]]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    await Promise.all([one.onApplicationShutdown(), other.onApplicationShutdown()]);
    expect(await journaledIds(folder)).toEqual(new Set(ids));
    expect(readdirSync(folder)).toHaveLength(2);
  });

  it('knows half a line, or what a lost disk left, for no id', async () => {
    const journal = new AuditJournal(folder);
    const [whole, cut, after] = [newId(), newId(), newId()];
    journal.note([whole]);
    await journal.flush();
    const file = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(file, `${readFileSync(file, 'utf8')}${cut.slice(0, 20)}`);
    journal.note([after]);
    await journal.flush();
    writeFileSync(file, `${readFileSync(file, 'utf8')}${'\0'.repeat(37)}`);
    expect(await journaledIds(folder)).toEqual(new Set([whole]));
  });

  it('is no reason to fail where it cannot be written, and goes on once it can', async () => {
    writeFileSync(folder, 'in the way');
    const journal = new AuditJournal(folder);
    const id = newId();
    journal.note([newId()]);
    await journal.flush();
    rmSync(folder);
    journal.note([id]);
    await journal.flush();
    expect(await journaledIds(folder)).toEqual(new Set([id]));
  });
});
