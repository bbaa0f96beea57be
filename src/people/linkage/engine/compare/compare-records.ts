import type { PreparedRecord } from '../prepared-record';
import type { Words } from '../values/words';
import {
  compareDates,
  compareEmails,
  compareGivenNames,
  compareHouseNumbers,
  comparePhones,
  comparePostalCodes,
  givenLevel,
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
    levels[positionOf.sex] = either(a.sex, b.sex, equality);
    levels[positionOf.phone] = either(a.phone, b.phone, comparePhones);
    levels[positionOf.email] = either(a.email, b.email, (one, other) => compareEmails(one, other, this.likeness.alike));
    this.compareAddresses(a, b, levels);
  }

  private compareNames(a: PreparedRecord, b: PreparedRecord, levels: Levels): void {
    const crossed = this.crossed([a.givenName, a.familyName], [b.givenName, b.familyName]);
    levels[positionOf.nameOrder] = crossed ? CROSSED : IN_ORDER;
    if (crossed) {
      levels[positionOf.givenName] = givenLevel(crossed[0]);
      levels[positionOf.familyName] = crossed[1];
      return;
    }
    levels[positionOf.givenName] = either(a.givenName, b.givenName, (one, other) =>
      compareGivenNames(one, other, this.words.compare(one, other)),
    );
    levels[positionOf.familyName] = this.wordLevel(a.familyName, b.familyName);
  }

  private compareAddresses(a: PreparedRecord, b: PreparedRecord, levels: Levels): void {
    const crossed = this.crossed([a.street, a.city], [b.street, b.city]);
    levels[positionOf.street] = crossed ? crossed[0] : this.wordLevel(a.street, b.street);
    levels[positionOf.city] = crossed ? crossed[1] : this.wordLevel(a.city, b.city);
    levels[positionOf.addressOrder] = crossed ? CROSSED : IN_ORDER;
    levels[positionOf.houseNumber] = either(a.houseNumber, b.houseNumber, compareHouseNumbers);
    levels[positionOf.state] = either(a.state, b.state, equality);
    levels[positionOf.postalCode] = either(a.postalCode, b.postalCode, comparePostalCodes);
  }

  private wordLevel(a: Words | null, b: Words | null): number {
    return a === null || b === null ? MISSING : this.words.compare(a, b);
  }

  /**
   * The two levels, better one first, when the values agree better with each other’s field than with their own. Better first and not
   * “this field first”, because which of the two records is crossed depends on where one stands.
   */
  private crossed([firstA, secondA]: TwoFields, [firstB, secondB]: TwoFields): readonly [number, number] | null {
    const over = this.wordLevel(firstA, secondB);
    const under = this.wordLevel(secondA, firstB);
    if (!isAgreeing(over) && !isAgreeing(under)) return null;
    const straight = worthOf(this.wordLevel(firstA, firstB)) + worthOf(this.wordLevel(secondA, secondB));
    if (worthOf(over) + worthOf(under) <= straight) return null;
    return over < under ? [over, under] : [under, over];
  }
}
