import { Injectable } from '@nestjs/common';
import { PeopleService, type PersonRow } from '../../people';
import { newId } from '../../platform/database/new-id';
import type { SystemTx } from '../../platform/database/tx';
import { carriedOver } from '../engine/carried-over';
import { flagTimes } from '../engine/case-times';
import { leavesAt, type Discharge } from '../engine/discharges';
import type { RiskReason } from '../engine/vocabulary';
import { OutreachProgramsStore, type RosterProgram } from '../outreach-programs.store';
import { CaseKeeping, ended, moved } from './case-keeping';
import { Finders } from './finders';
import { FlaggedRowsStore, type PartedFlag } from './flagged-rows.store';
import type { CaseRow } from './outreach-case.entity';
import { blank, unhanded } from './roster-rows';
import { nameOf } from './roster-world';
import { RosterStore } from './roster.store';
import { weekOf } from './week-of';

export interface Flagged {
  /** The hospital. */
  readonly agencyId: string;
  readonly personId: string;
  readonly countyFips: string;
  readonly address: string | null;
  readonly dischargeAt: Date | null;
  readonly reasons: readonly RiskReason[];
}

export interface FlaggedRow {
  readonly row: CaseRow;
  /** Who leads the team that has it; null: no program yet. */
  readonly teamAgencyId: string | null;
  readonly isNew: boolean;
}

/** Rows of patients whom hospitals flagged: due from the discharge on, and on no overdose’s row. */
@Injectable()
export class FlaggedRows {
  constructor(
    private readonly keeping: CaseKeeping,
    private readonly roster: RosterStore,
    private readonly store: FlaggedRowsStore,
    private readonly finders: Finders,
    private readonly programs: OutreachProgramsStore,
    private readonly people: PeopleService,
  ) {}

  /** Somebody is visited once, however many hospitals say so: a case that waits for them in that county takes the flag in. */
  async take(tx: SystemTx, flagged: Flagged): Promise<FlaggedRow> {
    const personKey = await this.keyOf(tx, flagged.personId);
    const [waiting] = await this.store.waiting(tx, personKey, flagged.countyFips);
    return waiting ? this.join(tx, waiting, flagged) : this.open(tx, flagged, personKey);
  }

  /** Programs look after these counties from now on: what waits there is theirs, and what ended because there was none is shown to them. */
  async takeOn(tx: SystemTx, countyFips: readonly string[]): Promise<void> {
    const programs = await this.programs.looksAfter(tx, countyFips);
    const programOf = (row: CaseRow) => programs.get(row.countyFips) ?? programs.get(row.residenceCountyFips ?? '');
    for (const row of await this.store.waitingIn(tx, countyFips)) {
      const after = { ...moved(row, 'assign'), ...unhanded, programId: programOf(row)?.id ?? null };
      await this.keeping.change(tx, { before: row, after, command: 'assign', isFollowing: true });
    }
    for (const row of await this.store.neverTaken(tx, countyFips)) {
      this.keeping.note(tx, row, { ...row, programId: programOf(row)?.id ?? null });
    }
  }

  /** Who the patient is was decided anew: two rows of one person become one, and a flag of somebody else gets a row of its own. */
  async placeAnew(tx: SystemTx, caseId: string): Promise<CaseRow[]> {
    const [row] = await this.roster.rowsById(tx, [caseId]);
    if (!row?.personId) return [];
    const at = { ...row, personKey: await this.keyOf(tx, row.personId) };
    if (at.personKey !== row.personKey) this.keeping.note(tx, row, at);
    const kept = [await this.joinOthers(tx, at)];
    for (const flag of await this.store.parted(tx, caseId)) kept.push(await this.part(tx, at, flag));
    return kept;
  }

  private async joinOthers(tx: SystemTx, row: CaseRow): Promise<CaseRow> {
    const alike = await this.store.waiting(tx, row.personKey ?? row.id, row.countyFips);
    // The one on which somebody has worked goes on; of equals the first.
    const [kept, ...others] = alike.sort((a, b) => Number(b.state === 'TRIED') - Number(a.state === 'TRIED'));
    if (!kept || !alike.some(({ id }) => id === row.id)) return row;
    if (others.length === 0) return kept;
    const said = await this.store.discharges(
      tx,
      alike.map(({ id }) => id),
    );
    let after = await this.leaving(tx, kept, said);
    for (const other of others) {
      const voided = ended(other, 'void', { at: tx.asOf, by: null, reason: 'JOINED' });
      await this.keeping.change(tx, { before: other, after: voided, command: 'void', isFollowing: true });
      this.roster.join(tx, other.id, kept.id);
      this.store.moveFlags(tx, other.id, kept.id);
      after = carriedOver(withReasons(after, other.riskReasons), [other], []);
    }
    this.keeping.note(tx, kept, after);
    return after;
  }

  /** Due from when the last hospital lets them go, as each of them said it last. */
  private async leaving(tx: SystemTx, row: CaseRow, said: readonly Discharge[]): Promise<CaseRow> {
    const lastAt = leavesAt(said) ?? row.lastAt;
    if (lastAt.getTime() === row.lastAt.getTime()) return row;
    const program = await this.programOf(tx, row.programId);
    const agencyId = program?.agencyId ?? said[0]?.agencyId ?? '';
    return { ...row, ...(await this.timesOf(tx, agencyId, lastAt)) };
  }

  private async part(tx: SystemTx, { countyFips }: CaseRow, flag: PartedFlag): Promise<CaseRow> {
    const { id, ...told } = flag;
    const { row } = await this.take(tx, { ...told, countyFips, address: null });
    this.store.moveFlag(tx, id, row.id);
    return row;
  }

  private async join(tx: SystemTx, row: CaseRow, flagged: Flagged): Promise<FlaggedRow> {
    const program = await this.programOf(tx, row.programId);
    const { agencyId, dischargeAt } = flagged;
    const said = [...(await this.store.discharges(tx, [row.id])), { agencyId, dischargeAt, flaggedAt: tx.asOf }];
    // Words of one hospital and not of two: the ledger says whose a team was told.
    const isBetter = row.address === null && flagged.address !== null;
    const told = isBetter ? await this.told(tx, flagged) : {};
    const after = { ...withReasons(await this.leaving(tx, row, said), flagged.reasons), ...told };
    this.keeping.note(tx, row, after);
    return { row: after, teamAgencyId: program?.agencyId ?? null, isNew: false };
  }

  private async open(tx: SystemTx, flagged: Flagged, personKey: string): Promise<FlaggedRow> {
    const { agencyId, countyFips, reasons } = flagged;
    const program = (await this.programs.looksAfter(tx, [countyFips])).get(countyFips);
    const row: CaseRow = {
      ...blank,
      ...unhanded,
      ...(await this.told(tx, flagged)),
      ...{ id: newId(), kind: 'AT_RISK', week: weekOf(tx.asOf, countyFips), personKey, countyFips },
      ...{ residenceCountyFips: countyFips, latitude: null, longitude: null, riskReasons: [...reasons] },
      ...{ openedAt: tx.asOf, changedAt: tx.asOf, firstAt: tx.asOf },
      ...(await this.timesOf(tx, program?.agencyId ?? agencyId, flagged.dischargeAt ?? tx.asOf)),
      ...(program ? { state: 'OPEN', programId: program.id } : await this.unassigned(tx, flagged)),
    };
    await this.keeping.open(tx, row, agencyId);
    return { row, teamAgencyId: program?.agencyId ?? null, isNew: true };
  }

  private async unassigned(tx: SystemTx, { agencyId, countyFips }: Flagged) {
    const terms = await this.keeping.termsOf(tx, agencyId);
    const coordinatorAgencyId = await this.finders.finderIn(tx, countyFips, [agencyId]);
    const acknowledgeBy = terms.dueAt('OUTREACH_ASSIGNED', tx.asOf);
    return { state: 'UNASSIGNED', programId: null, acknowledgeBy, coordinatorAgencyId } as const;
  }

  private async told(tx: SystemTx, { agencyId, personId, address }: Flagged) {
    const place = { address, addressBasis: address === null ? null : ('RESIDENCE' as const) };
    return { ...whoIs(await this.people.find(tx, personId)), ...place, personId, sourceAgencyId: agencyId };
  }

  private async timesOf(tx: SystemTx, agencyId: string, lastAt: Date): Promise<Times> {
    const terms = await this.keeping.termsOf(tx, agencyId);
    const lengths = {
      dueAt: (start: Date) => terms.dueAt('OUTREACH_AT_RISK_VISIT', start),
      stopAt: (start: Date) => terms.dueAt('OUTREACH_STOP', start),
    };
    return { lastAt, ...flagTimes(lastAt, tx.asOf, lengths) };
  }

  private async programOf(tx: SystemTx, id: string | null): Promise<RosterProgram | undefined> {
    return id === null ? undefined : (await this.programs.rosterPrograms(tx, [id])).get(id);
  }

  private async keyOf(tx: SystemTx, personId: string): Promise<string> {
    return (await this.people.clustersOf(tx, [personId])).get(personId) ?? personId;
  }
}

type Times = Pick<CaseRow, 'lastAt' | 'dueAt' | 'stopAt'>;

const withReasons = (row: CaseRow, reasons: readonly RiskReason[]): CaseRow => ({
  ...row,
  riskReasons: [...new Set([...row.riskReasons, ...reasons])],
});

const whoIs = (person: PersonRow | null) => ({
  name: person ? nameOf(person) : null,
  phone: person?.phone ?? null,
  language: person?.language ?? 'en',
});
