import { Injectable } from '@nestjs/common';
import { counties, stateOfFips, timeZoneOf } from '../../agencies';
import { newId } from '../../platform/database/new-id';
import { NO_AGENCY } from '../../platform/database/system-actor';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { ListedMeetingsStore, type ListedMeeting } from '../../resources';
import { readCsv } from '../csv/read-csv';
import { RejectsFile } from '../csv/rejects-file';
import { formatColumns, meetingColumns, meetingRejects, newerColumns, Reject, type MeetingColumn } from './meeting-row';
import { toListedMeeting, type MeetingReferences } from './to-listed-meeting';

export interface MeetingsImport {
  /** Path of the meetings, CSV. */
  readonly file: string;
  /** Path of the formats, CSV; null: meetings have no formats. */
  readonly formats: string | null;
  /** Name of the list. What it names no more is shown no more; other lists are left alone. */
  readonly source: string;
  /** Path from which the name of the rejects file is made. */
  readonly rejects: string;
  readonly onLine?: (line: number) => void;
}

export interface MeetingsOutcome {
  readonly rows: number;
  readonly published: number;
  readonly unpublished: number;
  readonly rejected: number;
  readonly rejectsByReason: Readonly<Record<string, number>>;
  /** New or different. */
  readonly changed: number;
  /** Shown before and named by this file no more. */
  readonly withdrawn: number;
  /** True: most of what is shown was missing, so nothing was taken off; the file is probably a part of the list. */
  readonly isTooShort: boolean;
  /** Null when nothing was left out. */
  readonly rejectsFile: string | null;
}

const BATCH = 500;

const formatsOf = async (path: string | null): Promise<MeetingReferences['formats']> => {
  const formats = new Map<string, { key: string; name: string }>();
  if (path === null) return formats;
  for await (const found of readCsv(path, { name: 'the formats of meetings', columns: formatColumns })) {
    if (found instanceof Reject) continue;
    const { shared_id_bigint: number, key_string: key, name_string: name, lang_enum: language } = found.row;
    if (!formats.has(number) || language === 'en') formats.set(number, { key, name });
  }
  return formats;
};

type Counted = Omit<MeetingsOutcome, 'changed' | 'withdrawn' | 'isTooShort' | 'rejectsFile'>;
interface Read {
  readonly counted: Counted;
  readonly changed: number;
}

/** A published list of support-group meetings: streamed, in batches, and safe to repeat. */
@Injectable()
export class MeetingsImporter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ListedMeetingsStore,
  ) {}

  /** Throws when the file is no such list or cannot be read; batches written before stay. */
  async run(asked: MeetingsImport): Promise<MeetingsOutcome> {
    const rejected = new RejectsFile(asked.rejects, meetingRejects);
    const importId = newId();
    try {
      const { counted, changed } = await this.read(asked, importId, rejected);
      const taken = await this.withdraw(asked.source, importId);
      return { ...counted, changed, ...taken, rejectsFile: rejected.path };
    } finally {
      await rejected.close();
    }
  }

  private async read(
    { file, formats, source, onLine = () => undefined }: MeetingsImport,
    importId: string,
    rejected: RejectsFile,
  ): Promise<Read> {
    const known: MeetingReferences = {
      source,
      formats: await formatsOf(formats),
      countyAt: (latitude, longitude) => counties().countyAt(latitude, longitude),
      stateOfFips,
      timeZoneOf,
    };
    const seen = new Set<string>();
    const reasons = new Map<string, number>();
    let batch: ListedMeeting[] = [];
    let [rows, published, unpublished, changed, line] = [0, 0, 0, 0, 0];
    const flush = async (): Promise<void> => {
      if (batch.length > 0) changed += await this.write(importId, batch);
      batch = [];
      onLine(line);
    };
    const shape = { name: 'a list of meetings', columns: meetingColumns, optional: newerColumns };
    for await (const found of readCsv<MeetingColumn>(file, shape)) {
      rows += 1;
      line = found.line;
      const meeting = found instanceof Reject ? found : unlessSeen(toListedMeeting(found, known), seen, found.line);
      if (meeting instanceof Reject) {
        reasons.set(meeting.reason, (reasons.get(meeting.reason) ?? 0) + 1);
        await rejected.add(meeting);
        continue;
      }
      if (meeting.isPublished) published += 1;
      else unpublished += 1;
      if (batch.push(meeting) === BATCH) await flush();
    }
    await flush();
    const rejectsByReason = Object.fromEntries([...reasons].sort());
    return {
      counted: { rows, published, unpublished, rejected: rows - published - unpublished, rejectsByReason },
      changed,
    };
  }

  private async write(importId: string, meetings: readonly ListedMeeting[]): Promise<number> {
    let changed = 0;
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'importMeetings' }, async (tx) => {
      changed = await this.store.list(tx, meetings, importId);
      const details = { listed: meetings.length, changed };
      tx.audit({ action: 'meetings.imported', subjectType: 'MeetingList', subjectId: importId, details });
      return { id: importId };
    });
    return changed;
  }

  /** A list that lost more than half of its meetings at once is a part of a list. */
  private async withdraw(source: string, importId: string) {
    let taken = { withdrawn: 0, isTooShort: false };
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'withdrawMeetings' }, async (tx) => {
      const { listed, gone } = await this.store.count(tx, source, importId);
      const isTooShort = gone * 2 > listed;
      taken = { withdrawn: isTooShort ? 0 : gone, isTooShort };
      if (!isTooShort) this.store.withdraw(tx, source, importId);
      tx.audit({ action: 'meetings.withdrawn', subjectType: 'MeetingList', subjectId: importId, details: taken });
      return { id: importId };
    });
    return taken;
  }
}

const unlessSeen = (meeting: ListedMeeting | Reject, seen: Set<string>, line: number): ListedMeeting | Reject => {
  if (meeting instanceof Reject) return meeting;
  if (seen.has(meeting.sourceKey)) return new Reject(line, 'DUPLICATE', 'Its number was on an earlier line.');
  seen.add(meeting.sourceKey);
  return meeting;
};
