import { randomUUID } from 'node:crypto';
import { CensusesStore } from '../../src/capacity/censuses.store';
import { RoomClocks } from '../../src/capacity/room-clocks';
import { ClocksService } from '../../src/clocks';
import { ClocksStore } from '../../src/clocks/clocks.store';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import type { AcceptanceMode, ServesOnly } from '../../src/capacity';
import type { LevelOfCare, Medication, Pathway, Payer, Service, Sex, Substance } from '../../src/kernel/vocabulary';
import { withClient } from '../../src/platform/database/embedded/client';
import type { Statement } from '../../src/platform/database/statement';
import type { Tx } from '../../src/platform/database/tx';
import { asOwner, buildAgency, type OwnedDatabase } from './agencies';

export interface ProgramTraits {
  /** Of a new treatment provider unless given. */
  readonly agencyId?: string;
  readonly name?: string;
  readonly state?: string;
  readonly countyFips?: string | null;
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly timeZone?: string;
  readonly acceptanceMode?: AcceptanceMode;
  readonly freshnessMinutes?: number;
  readonly part2Program?: boolean;
  readonly services?: readonly Service[];
  readonly medicationsOffered?: readonly Medication[];
  readonly medicationsAccepted?: readonly Medication[];
  readonly payers?: readonly Payer[];
  readonly languages?: readonly string[];
  readonly substances?: readonly Substance[];
  readonly servesOnly?: ServesOnly | null;
  readonly acceptedPathways?: readonly Pathway[];
  readonly admitsPregnant?: boolean;
  readonly intakeWindows?: readonly { weekday: number; opens: number; closes: number }[];
  readonly isActive?: boolean;
}

export interface PoolTraits {
  /** Of a new program with these traits unless given. */
  readonly programId?: string;
  readonly program?: ProgramTraits;
  readonly name?: string;
  readonly levelOfCare?: LevelOfCare;
  readonly sexes?: readonly Sex[];
  readonly minAge?: number | null;
  readonly maxAge?: number | null;
  readonly staffed?: number;
  readonly occupied?: number;
  /** Now unless given; null: no census yet. */
  readonly attestedAt?: Date | null;
  readonly isActive?: boolean;
}

export interface BuiltProgram {
  readonly id: string;
  readonly agencyId: string;
}

export interface BuiltPool extends BuiltProgram {
  readonly programId: string;
}

const columnOf = (property: string): string => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const insert = async (db: OwnedDatabase, table: string, row: Readonly<Record<string, unknown>>): Promise<void> => {
  const properties = Object.keys(row);
  const slots = properties.map((_, index) => `$${index + 1}`).join(', ');
  const values = properties.map((property) =>
    property === 'intakeWindows' ? JSON.stringify(row[property]) : row[property],
  );
  await asOwner(db, `insert into ${table} (${properties.map(columnOf).join(', ')}) values (${slots})`, values);
};

/** The product’s own refresh, run as the owner. */
const refreshMatches = (db: OwnedDatabase, programId: string): Promise<void> =>
  withClient(db.ownerUrl, (client) => {
    const query = async ({ text }: Statement<unknown>, params: unknown[]) => (await client.query(text, params)).rows;
    return new PoolMatchStore().refresh({ query } as unknown as Tx, [programId]);
  });

/** An active program in Chillicothe, Ohio, that takes everybody and reviews each referral. */
export const buildProgram = async (db: OwnedDatabase, traits: ProgramTraits = {}): Promise<BuiltProgram> => {
  const agencyId = traits.agencyId ?? (await buildAgency(db, { kind: 'TREATMENT_PROVIDER' })).id;
  const id = randomUUID();
  await insert(db, 'program', {
    name: `Program ${id.slice(0, 4)}`,
    state: 'OH',
    countyFips: '39141',
    latitude: 39.3331,
    longitude: -82.9824,
    timeZone: 'America/New_York',
    acceptanceMode: 'REVIEW',
    freshnessMinutes: 1440,
    part2Program: true,
    medicationsOffered: ['BUPRENORPHINE', 'NALTREXONE'],
    medicationsAccepted: ['METHADONE', 'BUPRENORPHINE', 'NALTREXONE'],
    payers: ['MEDICAID', 'MEDICARE', 'PRIVATE', 'SELF_PAY', 'UNINSURED'],
    languages: ['en'],
    admitsPregnant: true,
    ...traits,
    id,
    agencyId,
  });
  return { id, agencyId };
};

/** A pool of five staffed, empty places for everybody, attested now and known to matching. */
export const buildBedPool = async (db: OwnedDatabase, traits: PoolTraits = {}): Promise<BuiltPool> => {
  const { programId = (await buildProgram(db, traits.program)).id, program: _program, ...pool } = traits;
  const [parent] = await asOwner<{ agencyId: string }>(
    db,
    'select agency_id as "agencyId" from program where id = $1',
    [programId],
  );
  const agencyId = parent?.agencyId ?? '';
  const id = randomUUID();
  await insert(db, 'bed_pool', {
    name: `Pool ${id.slice(0, 4)}`,
    levelOfCare: 'ASAM_3_7',
    staffed: 5,
    occupied: 0,
    attestedAt: new Date(),
    attestedSource: traits.attestedAt === null ? null : 'STAFF',
    ...pool,
    id,
    programId,
    agencyId,
  });
  await refreshMatches(db, programId);
  return { id, programId, agencyId };
};

/** The clocks of room for services made by hand; nothing sweeps them. */
export const clocksOfRoom = (): RoomClocks =>
  new RoomClocks(new ClocksService(new ClocksStore(), undefined as never), new CensusesStore());
