import fc from 'fast-check';
import type { SampleUserName } from '../../src/sample';
import { buildBag, type Told } from './surrenders';

const HANDS = ['officer', 'officer-two', 'custodian'] as const satisfies readonly SampleUserName[];
type By = (typeof HANDS)[number];
type Raised = { readonly kind: string; readonly position: number; finding: string | null };
/** A bag as the reference knows it: who holds it, who took the last steps, and what has to be raised. */
interface Reference {
  state: string;
  holder: By | null;
  /** The last hands, the last first: users and names of people without a sign-in. */
  hands: string[];
  seal: string;
  grams: number;
  hasLaboratory: boolean;
  isResultDue: boolean;
  method: string;
  alerts: Raised[];
}
export interface Room {
  readonly surrenderId: string;
  tells(by: By, name: string, input: object): Promise<Told>;
  alerts(): Promise<{ id: string; kind: string; position: number; finding: string | null }[]>;
}

/** From which state to which, as the field has it; written anew, so that the machine is not its own witness. */
const STEPS = {
  countersignSurrender: { OPENED: 'HELD' },
  releaseCustody: { HELD: 'IN_TRANSIT', TO_BE_DESTROYED: 'IN_TRANSIT' },
  receiveCustody: { IN_TRANSIT: 'HELD' },
  receiveAtLaboratory: { IN_TRANSIT: 'AT_LABORATORY' },
  recordLaboratoryResult: { AT_LABORATORY: 'AT_LABORATORY', HELD: 'HELD' },
  releaseFromLaboratory: { AT_LABORATORY: 'IN_TRANSIT' },
  proposeDestruction: { HELD: 'TO_BE_DESTROYED' },
  witnessDestruction: { TO_BE_DESTROYED: 'WITNESSED_ONCE', WITNESSED_ONCE: 'DESTROYED' },
} as const satisfies Record<string, Record<string, string>>;
type Name = keyof typeof STEPS;
const BY_KEEPER: readonly Name[] = [
  'receiveAtLaboratory',
  'recordLaboratoryResult',
  'releaseFromLaboratory',
  'proposeDestruction',
];
const LOOKS: readonly Name[] = ['receiveCustody', 'receiveAtLaboratory', 'releaseFromLaboratory', 'proposeDestruction'];
const BY_NAME: readonly Name[] = ['receiveAtLaboratory', 'releaseFromLaboratory'];
const GIVES: readonly Name[] = ['releaseCustody', 'proposeDestruction'];
const TAKES: readonly Name[] = ['receiveCustody', 'proposeDestruction'];
const ENDS: readonly Name[] = ['proposeDestruction', 'witnessDestruction'];
/** How many of the last hands must be others’. */
const apart = (name: Name, state: string): number => {
  if (['countersignSurrender', 'receiveCustody', 'receiveAtLaboratory'].includes(name)) return 1;
  return name === 'witnessDestruction' ? (state === 'TO_BE_DESTROYED' ? 1 : 2) : 0;
};
/** Spellings, and whose they are. */
const SPELT: Readonly<Record<string, string>> = {
  'Sample chemist': 'chemist',
  'CHEMIST, S.': 'chemist',
  'Zoe Otherwise': 'zoe',
  'Zoë OTHERWISE': 'zoe',
  'Officer, Sample.': 'some officer',
  'Keeper S. of the Property-Room': 'custodian',
};

/** The name that both officers go by may be either’s. */
const isSame = (one: string, other: string): boolean =>
  one === other || ([one, other].includes('some officer') && one.includes('officer') && other.includes('officer'));

interface Said {
  readonly by: By;
  readonly off: number;
  readonly isOtherSeal: boolean;
  readonly otherName: string;
  readonly method: string;
}

class Step implements fc.AsyncCommand<Reference, Room> {
  constructor(
    private readonly name: Name,
    private readonly said: Said,
  ) {}

  check({ state }: Reference): boolean {
    return state in STEPS[this.name];
  }

  async run(model: Reference, room: Room): Promise<void> {
    const told = await room.tells(this.said.by, this.name, this.input(model, room));
    expect({ step: this.toString(), code: told.code }).toEqual({ step: this.toString(), code: this.play(model) });
  }

  toString = (): string => `${this.name} ${JSON.stringify(this.said)}`;

  private input({ seal, grams }: Reference, { surrenderId }: Room): object {
    const { off, isOtherSeal, otherName, method } = this.said;
    const found = { sealNumber: isOtherSeal ? `${seal}x` : seal, sealedGrossWeightGrams: grams + off };
    if (this.name === 'recordLaboratoryResult') return { surrenderId, findings: ['FENTANYL'] };
    return {
      ...{ surrenderId, ...(this.name !== 'countersignSurrender' && { place: 'Room' }) },
      ...(LOOKS.includes(this.name) && found),
      ...(this.name === 'receiveAtLaboratory' && { laboratory: 'L', receivedByName: otherName }),
      ...(this.name === 'releaseFromLaboratory' && { releasedByName: otherName }),
      ...(this.name === 'witnessDestruction' && { method }),
    };
  }

  /** The code of a refusal, or null and what the step makes of the bag. */
  private play(bag: Reference): string | null {
    const { by, otherName } = this.said;
    const hand = BY_NAME.includes(this.name) ? (SPELT[otherName] as string) : by;
    const code = this.refusal(bag, hand);
    if (code !== null) return code;
    this.raise(bag);
    this.move(bag, hand);
    return null;
  }

  private refusal(bag: Reference, hand: string): string | null {
    const { name, said } = this;
    const isSamePair = bag.hands.slice(0, apart(name, bag.state)).some((one) => isSame(one, hand));
    const obstacles: readonly (readonly [string, boolean])[] = [
      ['FORBIDDEN', BY_KEEPER.includes(name) && said.by !== 'custodian'],
      ['ILLEGAL_TRANSITION', name === 'recordLaboratoryResult' && !bag.hasLaboratory],
      ['FORBIDDEN', isSamePair || (BY_NAME.includes(name) && hand === said.by)],
      ['ILLEGAL_TRANSITION', ENDS.includes(name) && bag.alerts.some(isOpen)],
    ];
    return obstacles.find(([, isThere]) => isThere)?.[0] ?? null;
  }

  private raise(bag: Reference): void {
    const { name, said } = this;
    const isLooked = LOOKS.includes(name);
    const isBack = name === 'releaseFromLaboratory';
    const position = bag.hands.length + 1;
    const kinds: readonly (readonly [string, number, boolean])[] = [
      ['CUSTODY_GAP', position, GIVES.includes(name) && said.by !== bag.holder],
      ['WEIGHT_DIFFERS', position, isLooked && Math.abs(said.off) > 1],
      ['SEAL_DIFFERS', position, isLooked && !isBack && said.isOtherSeal],
      ['RESULT_OVERDUE', position - 1, isBack && bag.isResultDue],
      ['WITNESSES_DIFFER', position, bag.state === 'WITNESSED_ONCE' && said.method.at(1) !== bag.method.at(1)],
    ];
    for (const [kind, at, isThere] of kinds) if (isThere) bag.alerts.push({ kind, position: at, finding: null });
  }

  private move(bag: Reference, hand: string): void {
    const { name, said } = this;
    if (name === 'releaseFromLaboratory') {
      bag.seal = said.isOtherSeal ? `${bag.seal}x` : bag.seal;
      bag.grams += said.off;
    }
    if (name === 'receiveAtLaboratory') Object.assign(bag, { hasLaboratory: true, isResultDue: true });
    if (name === 'recordLaboratoryResult') bag.isResultDue = false;
    if (TAKES.includes(name)) bag.holder = said.by;
    bag.method = said.method;
    bag.hands.unshift(hand);
    bag.state = (STEPS[name] as Record<string, string>)[bag.state] as string;
  }
}

class AnswerAll implements fc.AsyncCommand<Reference, Room> {
  constructor(private readonly finding: string) {}

  check({ alerts }: Reference): boolean {
    return alerts.some(isOpen);
  }

  async run(model: Reference, room: Room): Promise<void> {
    for (const { id: alertId } of (await room.alerts()).filter(isOpen)) {
      const told = await room.tells('custodian', 'answerCustodyAlert', { alertId, finding: this.finding });
      expect(told.code).toBeNull();
    }
    for (const alert of model.alerts.filter(isOpen)) alert.finding = this.finding;
  }

  toString = (): string => `answer all ${this.finding}`;
}

const isOpen = ({ finding }: { readonly finding: string | null }): boolean =>
  finding === null || finding === 'UNDER_INVESTIGATION';

/** Steps in whatever order, by whoever, with whatever seal, weight, name and method. */
export const custodyCommands = (): fc.Arbitrary<Iterable<fc.AsyncCommand<Reference, Room>>> => {
  const said = fc.record<Said>({
    by: fc.constantFrom(...HANDS, 'custodian'),
    off: fc.constantFrom(0, 0, 0, 0.1, -2),
    isOtherSeal: fc.nat(4).map((one) => one === 0),
    otherName: fc.constantFrom(...Object.keys(SPELT)),
    method: fc.constantFrom('burnt', 'Burnt.', 'dissolved'),
  });
  const steps = (Object.keys(STEPS) as Name[]).map((name) => said.map((one) => new Step(name, one)));
  const answers = fc.constantFrom('EXPLAINED', 'CORRECTED', 'UNDER_INVESTIGATION').map((one) => new AnswerAll(one));
  return fc.commands<Reference, Room, false>([...steps, answers, answers], { maxCommands: 60, size: 'max' });
};

export const referenceOf = ({ sealNumber, sealedGrossWeightGrams }: ReturnType<typeof buildBag>): Reference => ({
  ...{ state: 'OPENED', holder: 'officer', hands: ['officer'], seal: sealNumber, grams: sealedGrossWeightGrams },
  ...{ hasLaboratory: false, isResultDue: false, method: '', alerts: [] },
});
