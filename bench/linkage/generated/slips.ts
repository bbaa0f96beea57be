import {
  linkageFields,
  type LinkageField,
  type LinkageRecord,
} from '../../../src/people/linkage/engine/linkage-record';
import { diceOf, type Dice } from '../../evaluation/dice';
import type { Town } from './people';

/** Chance that a field is left out, and that a letter of it is wrong. */
const CHANCES: Readonly<Record<LinkageField, readonly [missing: number, slip: number]>> = {
  givenName: [0.02, 0.06],
  familyName: [0.02, 0.06],
  birthDate: [0.06, 0.05],
  sex: [0.05, 0],
  phone: [0.25, 0.04],
  email: [0.3, 0.05],
  houseNumber: [0.15, 0.04],
  street: [0.15, 0.08],
  city: [0.1, 0.05],
  state: [0.1, 0],
  postalCode: [0.15, 0.04],
};
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

const slip = (text: string, dice: Dice): string => {
  const at = dice.between(0, text.length - 1);
  const isDigit = /\d/.test(text[at] ?? '');
  const letter = isDigit ? String(dice.between(0, 9)) : LETTERS.charAt(dice.between(0, LETTERS.length - 1));
  return dice.oneOf([
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + (text[at + 1] ?? '') + (text[at] ?? '') + text.slice(at + 2),
  ]);
};

const changed = (person: LinkageRecord, town: Town, dice: Dice): LinkageRecord => ({
  ...person,
  ...(dice.next() < 0.15 ? town.address() : {}),
  ...(dice.next() < 0.2 ? { phone: town.phone() } : {}),
  ...(dice.next() < 0.03 ? { familyName: town.familyName() } : {}),
  ...(dice.next() < 0.02 ? { givenName: person.familyName ?? null, familyName: person.givenName ?? null } : {}),
});

/** Writes people down as a second agency would: some have moved, some fields are missing, some letters are wrong. */
export class Clerk {
  private readonly dice: Dice;

  constructor(
    private readonly town: Town,
    seed: number,
  ) {
    this.dice = diceOf(seed);
  }

  write(person: LinkageRecord): LinkageRecord {
    const { dice } = this;
    const now = changed(person, this.town, dice);
    const rows = linkageFields.map((field) => {
      const [missing, wrong] = CHANCES[field];
      const text = now[field] ?? null;
      if (text === null || text === '' || dice.next() < missing) return [field, null] as const;
      return [field, dice.next() < wrong ? slip(text, dice) : text] as const;
    });
    return Object.fromEntries(rows);
  }
}
