import * as fc from 'fast-check';
import type { CommandRow, Page, Row, Section } from './page';
import type { World } from './world';

/** What no page names, among it what every object inherits. */
const UNKNOWN = ['nothing', 'toString', 'constructor', '__proto__'];

const classesOf = (page: Page): string[] => [
  ...new Set([...page.types.values()].flatMap(({ classOf }) => [...classOf.values()])),
];
/** ANYONE is not a relation that a record can have: everybody has it. */
const relationsOf = (page: Page): string[] => page.relations.filter((relation) => relation !== 'ANYONE');

const scopeless = { scopes: null, part2: [], isEnded: false };

/** For a row and what it shows or leaves out: the smallest world in which it grants, and that with words of a Part 2 program. */
const fittingRow = (type: string, row: Row, classOf: Section['classOf']): World[] =>
  [...row.roles].flatMap((role) =>
    [...row.shows, ...row.leavesOut].flatMap((field) => {
      const world = {
        ...scopeless,
        type,
        role,
        purpose: [...(row.purposes ?? [null])][0] ?? null,
        relations: row.relation === 'ANYONE' ? [] : [row.relation],
        consents: row.consent === null ? [] : [row.consent],
        field,
        command: 'read',
      };
      const clearing = row.consent ?? row.part2Consent ?? 'TREATMENT_PAYMENT_OPERATIONS';
      return [world, { ...world, part2: [classOf.get(field) ?? ''], consents: [clearing] }];
    }),
  );

const fittingStep = (type: string, { relation, roles, command }: CommandRow): World[] =>
  [...roles].map((role) => ({
    ...scopeless,
    type,
    role,
    purpose: null,
    relations: relation === 'ANYONE' ? [] : [relation],
    consents: [],
    field: 'id',
    command,
  }));

/** For every row and every field it speaks of, and for every row of a command: worlds in which it just grants. */
export const fittingWorlds = (page: Page): World[] =>
  [...page.types].flatMap(([type, { rows, commands, classOf }]) => [
    ...rows.flatMap((row) => fittingRow(type, row, classOf)),
    ...commands.flatMap((row) => fittingStep(type, row)),
  ]);

const anyScopes = (page: Page): fc.Arbitrary<World['scopes']> => {
  const names = [...page.types].flatMap(([type, { commands }]) => [
    `${type}:read`,
    ...commands.map(({ command }) => `${type}:${command}`),
  ]);
  return fc.option(fc.array(fc.constantFrom(...names), { maxLength: 3 }), { nil: null });
};

const OFTEN = 3;
const SELDOM = 8;

/** Mostly a world in which some row grants, with more or less of it turned into something else. */
export const anyWorld = (page: Page): fc.Arbitrary<World> => {
  const types = [...page.types.keys(), ...UNKNOWN];
  const fields = [...new Set([...page.types.values()].flatMap(({ classOf }) => [...classOf.keys()])), ...UNKNOWN];
  const purposes = [...new Set([...page.roles.values()].flatMap((role) => role.purposes))];
  const commands = [...new Set([...page.types.values()].flatMap((one) => one.commands.map(({ command }) => command)))];
  const seldom = <T>(other: fc.Arbitrary<T>, oneIn: number) =>
    fc.nat({ max: oneIn - 1 }).chain((drawn) => (drawn === 0 ? other.map((to) => ({ to })) : fc.constant(null)));
  return fc
    .record({
      fit: fc.constantFrom(...fittingWorlds(page)),
      role: seldom(fc.constantFrom(...page.roles.keys()), SELDOM),
      scopes: seldom(anyScopes(page), SELDOM),
      ownScope: fc.nat({ max: SELDOM }),
      purpose: seldom(fc.constantFrom(null, ...purposes), SELDOM),
      relations: seldom(fc.subarray(relationsOf(page)), OFTEN),
      consents: seldom(fc.subarray([...page.consents]), OFTEN),
      part2: seldom(fc.subarray(classesOf(page)), OFTEN),
      isEnded: fc.boolean(),
      type: seldom(fc.constantFrom(...types), 4 * SELDOM),
      field: seldom(fc.constantFrom(...fields), 4 * SELDOM),
      command: seldom(fc.constantFrom(...commands, ...UNKNOWN), SELDOM),
    })
    .map(({ fit, ownScope, ...changed }) => {
      const other = Object.fromEntries(
        Object.entries(changed).flatMap(([key, change]) =>
          change === null || typeof change === 'boolean' ? [] : [[key, change.to]],
        ),
      ) as Partial<World>;
      const own = [`${fit.type}:read`, `${fit.type}:${fit.command}`];
      const led = page.types.get(fit.type)?.leadsTo.get(fit.field) ?? fit.type;
      const scopes = [own, [...own, `${led}:read`], [`${led}:read`]][ownScope] ?? fit.scopes;
      return { ...fit, scopes, isEnded: changed.isEnded, ...other };
    });
};

/** None, each alone, all together. */
const spread = (names: readonly string[]): (readonly string[])[] => [[], ...names.map((name) => [name]), names];

type Circumstances = Pick<World, 'role' | 'purpose' | 'relations' | 'consents' | 'isEnded'> & { isPart2: boolean };

const circumstances = (page: Page): Circumstances[] => {
  const [relations, consents] = [spread(relationsOf(page)), spread(page.consents)];
  return [...page.roles]
    .flatMap(([role, { purposes }]) => [null, ...purposes.slice(1)].map((purpose) => ({ role, purpose })))
    .flatMap((one) => relations.map((related) => ({ ...one, relations: related })))
    .flatMap((one) => consents.map((agreed) => ({ ...one, consents: agreed })))
    .flatMap((one) => [false, true].map((isPart2) => ({ ...one, isPart2 })))
    .flatMap((one) => [false, true].map((isEnded) => ({ ...one, isEnded })));
};

/** Every cell of the page: type × field × role × purpose × relation × consent × Part 2 × open or ended. */
export function* fieldCells(page: Page): Generator<World> {
  const everything = circumstances(page);
  const fields = [...page.types].flatMap(([type, { classOf }]) => [...classOf].map((one) => [type, ...one] as const));
  for (const [type, field, fieldClass] of fields) {
    const [none, all] = [[], [fieldClass]];
    // Spelt out: spreading millions of them took longer than deciding them.
    for (const { role, purpose, relations, consents, isEnded, isPart2 } of everything) {
      const part2 = isPart2 ? all : none;
      yield { role, purpose, relations, consents, isEnded, part2, scopes: null, type, field, command: 'read' };
    }
  }
}

const scopesAround = (type: string, command: string): World['scopes'][] => [
  null,
  [],
  [`${type}:${command}`],
  [`${type}:other`, `Other:${command}`],
];

/** Every cell of the steps: type × command × role × relation × scope. */
export function* commandCells(page: Page): Generator<World> {
  const base = { purpose: null, consents: [], part2: [], isEnded: false, field: 'id' };
  const given = [...page.roles.keys()].flatMap((role) =>
    spread(relationsOf(page)).map((relations) => ({ ...base, role, relations })),
  );
  for (const [type, { commands }] of page.types) {
    for (const command of new Set(commands.map((row) => row.command))) {
      const scoped = scopesAround(type, command);
      yield* given.flatMap((one) => scoped.map((scopes) => ({ ...one, scopes, type, command })));
    }
  }
}
