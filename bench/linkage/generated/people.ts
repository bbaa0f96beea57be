import type { LinkageRecord } from '../../../src/people/linkage/engine/linkage-record';
import { hashOf } from '../../../src/people/linkage/engine/blocking/hash';
import { diceOf, type Dice } from '../../evaluation/dice';
import { SkewedWords } from './names';

export type Person = LinkageRecord;

const STREET_TYPES = ['Street', 'Avenue', 'Road', 'Drive', 'Lane', 'Court'];
const MAIL_HOSTS = ['mail.example', 'post.example', 'inbox.example', 'letters.example'];
const YEARS = { first: 1940, last: 2015 };

interface Household {
  readonly familyName: string;
  readonly phone: string;
  readonly address: Pick<LinkageRecord, 'houseNumber' | 'street' | 'city' | 'state' | 'postalCode'>;
}

const digits = (dice: Dice, count: number): string =>
  Array.from({ length: count }, () => String(dice.between(0, 9))).join('');

const two = (value: number): string => String(value).padStart(2, '0');

const someDate = (dice: Dice): string =>
  `${dice.between(YEARS.first, YEARS.last)}-${two(dice.between(1, 12))}-${two(dice.between(1, 28))}`;

/** Made-up people in households: they share address, often the telephone and the family name; some are twins or bear a parent’s name. */
export class Town {
  private readonly given = { m: new SkewedWords(1500, 11), f: new SkewedWords(1500, 12) };
  private readonly family = new SkewedWords(20_000, 13);
  private readonly streets = new SkewedWords(8000, 14);
  private readonly cities = new SkewedWords(1500, 15);
  private readonly dice: Dice;

  constructor(seed: number) {
    this.dice = diceOf(seed);
  }

  people(count: number): Person[] {
    const people: Person[] = [];
    while (people.length < count) people.push(...this.household());
    return people.slice(0, count);
  }

  address(): Household['address'] {
    const { dice } = this;
    const city = this.cities.draw(dice);
    const area = (hashOf(city) % 900) + 100;
    return {
      houseNumber: String(dice.between(1, 999)),
      street: `${this.streets.draw(dice)} ${dice.oneOf(STREET_TYPES)}`,
      city,
      state: ['OH', 'WV', 'KY', 'PA'][area % 4] ?? 'OH',
      postalCode: `${area}${two(dice.between(0, 39))}`,
    };
  }

  phone(): string {
    return `${this.dice.between(201, 989)}${this.dice.between(200, 999)}${digits(this.dice, 4)}`;
  }

  familyName(): string {
    return this.family.draw(this.dice);
  }

  private household(): Person[] {
    const { dice } = this;
    const home = { familyName: this.familyName(), phone: this.phone(), address: this.address() };
    const size = dice.oneOf([1, 1, 1, 2, 2, 3, 4]);
    const members: Person[] = [];
    for (let at = 0; at < size; at += 1) members.push(this.member(home, members.at(-1)));
    return members;
  }

  private member({ familyName, phone, address }: Household, before: Person | undefined): Person {
    const { dice } = this;
    const sex = dice.oneOf(['m', 'f'] as const);
    const [given, family] = [this.given[sex].draw(dice), dice.next() < 0.8 ? familyName : this.familyName()];
    return {
      ...address,
      givenName: given,
      familyName: family,
      birthDate: someDate(dice),
      sex,
      phone: dice.next() < 0.5 ? phone : this.phone(),
      email: dice.next() < 0.5 ? `${given}.${family}${dice.between(1, 99)}@${dice.oneOf(MAIL_HOSTS)}` : null,
      ...(before === undefined ? {} : this.inherited(before)),
    };
  }

  private inherited({ givenName, familyName, birthDate, sex }: Person): Partial<Person> {
    const throwOfDice = this.dice.next();
    if (throwOfDice < 0.02) return { familyName: familyName ?? null, birthDate: birthDate ?? null };
    if (throwOfDice > 0.98) return { givenName: givenName ?? null, familyName: familyName ?? null, sex: sex ?? null };
    return {};
  }
}
