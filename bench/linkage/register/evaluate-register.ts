import { NestFactory } from '@nestjs/core';
import { Client } from 'pg';
import { AppModule } from '../../../src/app.module';
import { Refusal } from '../../../src/kernel/refusal';
import type { Sex } from '../../../src/kernel/vocabulary';
import { defaultLinkagePolicy } from '../../../src/people/linkage/engine/default-policy';
import type { LinkageRecord } from '../../../src/people/linkage/engine/linkage-record';
import type { Placement } from '../../../src/people/linkage/engine/register/place-person';
import { PeopleStore } from '../../../src/people/people.store';
import { PersonLinkingService } from '../../../src/people/person-linking.service';
import { PersonRegisterStore } from '../../../src/people/person-register.store';
import { settingsFrom } from '../../../src/platform/config';
import { UnitOfWork } from '../../../src/platform/database/unit-of-work';
import { diceOf } from '../../evaluation/dice';
import { apiEnvironment, openStage } from '../../speed/stage';
import { quantile, thousandths } from '../generated/figures';
import { Town } from '../generated/people';
import { Clerk } from '../generated/slips';
import { bulkLoad } from './bulk-load';

const LOOKUPS = 500;
const WARM_UP = 50;
const AGENCY = '01900000-0000-7000-8000-000000000001';
const command = { name: 'linkPeople', isHousekeeping: true } as const;

export interface RegisterReport {
  readonly people: number;
  readonly lookups: number;
  /** From the person written down to all pairs of theirs written down, in the product, on PostgreSQL. */
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Of those who are in the register: linked to themselves, and linked or put before a human. */
  readonly linkedShare: number;
  readonly foundShare: number;
  readonly wrongLinks: number;
  readonly codes: number;
  /** Rows as intake writes them, thousands at a time past it. */
  readonly loadSeconds: number;
  readonly policy: string;
}

const sexes: Readonly<Record<string, Sex>> = { m: 'MALE', f: 'FEMALE' };
const calendarDate = (text: string): string | null =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
/** As much of a made-up person as the product keeps. */
const identityOf = ({ givenName = null, familyName = null, birthDate, sex, phone = null }: LinkageRecord) => ({
  ...{ givenName, familyName, phone, sex: sexes[sex ?? ''] ?? null, race: null, language: 'en' },
  birthDate: calendarDate(birthDate ?? ''),
});

interface Parts {
  readonly unitOfWork: UnitOfWork;
  readonly people: PeopleStore;
  readonly register: PersonRegisterStore;
  readonly linking: PersonLinkingService;
}

/** One person comes in, is compared, and is forgotten again. */
const comeIn = async ({ unitOfWork, people, linking }: Parts, person: LinkageRecord) => {
  let milliseconds = NaN;
  let placement: Placement = { linked: [], review: [] };
  await unitOfWork.runAsSystem(AGENCY, command, async (tx) => {
    const id = people.insertPerson(tx, identityOf(person));
    const from = performance.now();
    placement = await linking.place(tx, id);
    milliseconds = performance.now() - from;
    return new Refusal('ILLEGAL_TRANSITION', 'Measured, and not kept.');
  });
  return { milliseconds, placement };
};

const measure = async (parts: Parts, size: number, owner: Client): Promise<RegisterReport> => {
  const town = new Town(2026);
  const people = town.people(size);
  const startedAt = performance.now();
  const ids = await bulkLoad(owner, parts, people, { agencyId: AGENCY, identityOf });
  await owner.query('vacuum analyze person, person_block');
  const loadSeconds = thousandths((performance.now() - startedAt) / 1000);
  const [clerk, dice] = [new Clerk(town, 9), diceOf(5)];
  const strangers = town.people(LOOKUPS + WARM_UP);
  const found = [];
  for (const [at, stranger] of strangers.entries()) {
    const sought = at % 2 === 0 ? -1 : dice.between(0, size - 1);
    const { milliseconds, placement } = await comeIn(parts, clerk.write(people[sought] ?? stranger));
    const self = ids[sought];
    const isLinked = placement.linked.some(({ id }) => id === self);
    const isFound = isLinked || placement.review.some(({ id }) => id === self);
    const isWrong = placement.linked.some(({ id }) => id !== self);
    if (at >= WARM_UP) found.push({ milliseconds, isKnown: sought >= 0, isLinked, isFound, isWrong });
  }
  const times = found.map(({ milliseconds }) => milliseconds);
  const known = found.filter(({ isKnown }) => isKnown);
  const share = (met: readonly unknown[]): number => thousandths(met.length / known.length);
  const [blocks] = (await owner.query<{ codes: number }>('select count(*)::int as codes from person_block')).rows;
  return {
    ...{ people: size, lookups: found.length },
    ...{
      p50Milliseconds: quantile(times, 0.5),
      p95Milliseconds: quantile(times, 0.95),
      p99Milliseconds: quantile(times, 0.99),
    },
    linkedShare: share(known.filter(({ isLinked }) => isLinked)),
    foundShare: share(known.filter(({ isFound }) => isFound)),
    wrongLinks: found.filter(({ isWrong }) => isWrong).length,
    ...{ codes: blocks?.codes ?? 0, loadSeconds, policy: defaultLinkagePolicy.version },
  };
};

/** Times intakes among so many made-up people, in the product as it is, on a throw-away PostgreSQL. */
export const evaluateRegister = async (size: number): Promise<RegisterReport> => {
  const stage = await openStage(true);
  const owner = new Client({ connectionString: stage.database.ownerUrl });
  owner.on('error', () => undefined);
  try {
    await owner.connect();
    await owner.query("insert into agency (id, name, kind, state) values ($1, 'Register', 'HOSPITAL', 'OH')", [AGENCY]);
    const settings = settingsFrom({ ...apiEnvironment(stage, 0), NODE_ENV: 'development' }, 'work');
    const app = await NestFactory.createApplicationContext(AppModule.with(settings), { logger: ['error'] });
    const part = <Part>(type: new (...given: never[]) => Part): Part => app.get(type, { strict: false });
    const parts = {
      unitOfWork: part(UnitOfWork),
      people: part(PeopleStore),
      register: part(PersonRegisterStore),
      linking: part(PersonLinkingService),
    };
    try {
      return await measure(parts, size, owner);
    } finally {
      await app.close();
    }
  } finally {
    await owner.end().catch(() => undefined);
    await stage.close();
  }
};
