import { defaultLinkagePolicy } from '../../../src/people/linkage/engine/default-policy';
import { PersonFinder, type FoundPerson } from '../../../src/people/linkage/engine/find-person';
import type { LinkageRecord } from '../../../src/people/linkage/engine/linkage-record';
import { RecordReader } from '../../../src/people/linkage/engine/prepared-record';
import { shippedWords } from '../../../src/people/linkage/shipped-words';
import { diceOf } from '../../evaluation/dice';
import { quantile, thousandths } from './figures';
import { Town } from './people';
import { Clerk } from './slips';

const LOOKUPS = 1000;
const WARM_UP = 100;

export interface LookupReport {
  readonly people: number;
  readonly lookups: number;
  readonly p50Milliseconds: number;
  readonly p95Milliseconds: number;
  readonly p99Milliseconds: number;
  /** Of processor time, which a busy machine does not stretch. */
  readonly p95ProcessorMilliseconds: number;
  /** Of those who are in the register: the share that was linked to themselves, and the share that was linked or shown for review. */
  readonly linkedShare: number;
  readonly foundShare: number;
  /** Lookups that linked somebody else, of those who are in the register and of those who are not. */
  readonly wrongLinks: number;
  readonly buildSeconds: number;
  readonly policy: string;
}

interface Lookup {
  readonly asked: LinkageRecord;
  /** Who it is, by number; -1: nobody in the register. */
  readonly sought: number;
}

/** Half of the people asked for are in the register. */
const lookupsOf = (people: readonly LinkageRecord[], strangers: readonly LinkageRecord[], clerk: Clerk): Lookup[] => {
  const dice = diceOf(5);
  return strangers.map((stranger, at) => {
    if (at % 2 === 0) return { asked: clerk.write(stranger), sought: -1 };
    const sought = dice.between(0, people.length - 1);
    return { asked: clerk.write(people[sought] ?? stranger), sought };
  });
};

const shareOf = (lookups: readonly Found[], isMet: (found: Found) => boolean): number =>
  thousandths(lookups.filter(isMet).length / lookups.length);

interface Found extends Lookup {
  readonly found: readonly FoundPerson[];
  readonly milliseconds: number;
  readonly processorMilliseconds: number;
}

const isSelf = ({ sought }: Lookup, { record }: FoundPerson): boolean => record === sought;

/** Times single lookups in a register of made-up people, and counts what they found. */
export const evaluateLookup = (size: number): LookupReport => {
  const town = new Town(2026);
  const people = town.people(size);
  const lookups = lookupsOf(people, town.people(LOOKUPS + WARM_UP), new Clerk(town, 9));
  const startedAt = performance.now();
  const finder = new PersonFinder(people, new RecordReader(shippedWords()), defaultLinkagePolicy);
  const buildSeconds = thousandths((performance.now() - startedAt) / 1000);
  const all = lookups.map((lookup): Found => {
    const [from, before] = [performance.now(), process.cpuUsage()];
    const found = finder.find(lookup.asked);
    const { user, system } = process.cpuUsage(before);
    return { ...lookup, found, milliseconds: performance.now() - from, processorMilliseconds: (user + system) / 1000 };
  });
  const timed = all.slice(WARM_UP);
  const known = timed.filter(({ sought }) => sought >= 0);
  const times = timed.map(({ milliseconds }) => milliseconds);
  return {
    people: size,
    lookups: timed.length,
    ...{ p50Milliseconds: quantile(times, 0.5), p95Milliseconds: quantile(times, 0.95) },
    p99Milliseconds: quantile(times, 0.99),
    p95ProcessorMilliseconds: quantile(
      timed.map(({ processorMilliseconds }) => processorMilliseconds),
      0.95,
    ),
    linkedShare: shareOf(known, (one) => one.found.some((hit) => hit.outcome === 'LINKED' && isSelf(one, hit))),
    foundShare: shareOf(known, (one) => one.found.some((hit) => isSelf(one, hit))),
    wrongLinks: timed.filter((one) => one.found.some((hit) => hit.outcome === 'LINKED' && !isSelf(one, hit))).length,
    buildSeconds,
    policy: defaultLinkagePolicy.version,
  };
};
