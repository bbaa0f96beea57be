import type { PreparedRecord } from '../prepared-record';
import type { Words } from '../values/words';
import {
  compareDates,
  compareEmails,
  compareGivenNames,
  compareHouseNumbers,
  comparePhones,
  comparePostalCodes,
  compareSuffixes,
  givenLevel,
  NICKNAME,
  standForEachOther,
} from './compare-values';
import { CLOSE, EXACT, WordComparer, type Likeness } from './compare-words';
import { MISSING, positionOf, type Levels } from './levels';

const IN_ORDER = 0;
const CROSSED = 1;
/** Worth of EXACT, CLOSE, ALIKE and DIFFERENT when two readings of the same two fields are weighed against each other. */
const WORTH = [3, 2, 0, -2] as const;

const either = <Value>(a: Value | null, b: Value | null, compare: (a: Value, b: Value) => number): number =>
  a === null || b === null ? MISSING : compare(a, b);

const equality = (a: string, b: string): number => (a === b ? 0 : 1);

type TwoFields = readonly [Words | null, Words | null];

interface Crossed {
  readonly better: number;
  readonly worse: number;
  /** The worse one is a name for short of the other. */
  readonly isForShort: boolean;
}

const isAgreeing = (level: number): boolean => level === EXACT || level === CLOSE;
const worthOf = (level: number): number => WORTH[level] ?? 0;

/** Compares records read by one reader, level by level. Symmetric: who comes first changes nothing. */
export class RecordComparer {
  private readonly words: WordComparer;

  constructor(private readonly likeness: Likeness) {
    this.words = new WordComparer(likeness);
  }

  /** Writes the level of every comparison into `levels`. */
  compare(a: PreparedRecord, b: PreparedRecord, levels: Levels): void {
    this.compareNames(a, b, levels);
    levels[positionOf.birthDate] = either(a.birthDate, b.birthDate, compareDates);
    const isSuffixTold = a.nameSuffix !== null || b.nameSuffix !== null;
    levels[positionOf.nameSuffix] = isSuffixTold ? compareSuffixes(a.nameSuffix, b.nameSuffix) : MISSING;
    levels[positionOf.sex] = either(a.sex, b.sex, equality);
    levels[positionOf.phone] = either(a.phone, b.phone, comparePhones);
    levels[positionOf.email] = either(a.email, b.email, (one, other) => compareEmails(one, other, this.likeness.alike));
    this.compareAddresses(a, b, levels);
  }

  private compareNames(a: PreparedRecord, b: PreparedRecord, levels: Levels): void {
    const crossed = this.crossed([a.givenName, a.familyName], [b.givenName, b.familyName]);
    levels[positionOf.nameOrder] = crossed ? CROSSED : IN_ORDER;
    if (crossed) {
      // Who has a name for short has it in place of the given name, whichever of the two agrees better.
      levels[positionOf.givenName] = crossed.isForShort ? NICKNAME : givenLevel(crossed.better);
      levels[positionOf.familyName] = crossed.isForShort ? crossed.better : crossed.worse;
      return;
    }
    levels[positionOf.givenName] = either(a.givenName, b.givenName, (one, other) =>
      compareGivenNames(one, other, this.words.compare(one, other)),
    );
    levels[positionOf.familyName] = this.wordLevel(a.familyName, b.familyName);
  }

  private compareAddresses(a: PreparedRecord, b: PreparedRecord, levels: Levels): void {
    const crossed = this.crossed([a.street, a.city], [b.street, b.city]);
    levels[positionOf.street] = crossed ? crossed.better : this.wordLevel(a.street, b.street);
    levels[positionOf.city] = crossed ? crossed.worse : this.wordLevel(a.city, b.city);
    levels[positionOf.addressOrder] = crossed ? CROSSED : IN_ORDER;
    levels[positionOf.houseNumber] = either(a.houseNumber, b.houseNumber, compareHouseNumbers);
    levels[positionOf.state] = either(a.state, b.state, equality);
    levels[positionOf.postalCode] = either(a.postalCode, b.postalCode, comparePostalCodes);
  }

  private wordLevel(a: Words | null, b: Words | null): number {
    return a === null || b === null ? MISSING : this.words.compare(a, b);
  }

  /**
   * The two levels when the values agree better with each other’s field than with their own. The better one and the worse, and not “of
   * this field”, because which of the two records is crossed depends on where one stands.
   */
  private crossed([firstA, secondA]: TwoFields, [firstB, secondB]: TwoFields): Crossed | null {
    const over = this.wordLevel(firstA, secondB);
    const under = this.wordLevel(secondA, firstB);
    if (!isAgreeing(over) && !isAgreeing(under)) return null;
    const worse = Math.max(over, under);
    const isForShort =
      !isAgreeing(worse) && (over > under ? standForEachOther(firstA, secondB) : standForEachOther(secondA, firstB));
    const better = Math.min(over, under);
    const straight = worthOf(this.wordLevel(firstA, firstB)) + worthOf(this.wordLevel(secondA, secondB));
    if (worthOf(better) + worthOf(isForShort ? CLOSE : worse) <= straight) return null;
    return { better, worse, isForShort };
  }
}
