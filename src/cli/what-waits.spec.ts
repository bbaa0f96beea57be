import { readFileSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { clockDefinitions, clockKinds } from '../clocks';
import type { Machine } from '../kernel/machine';
import { readRules } from '../platform/config/rules';
import { watchedStates, watchedThings, type Watch } from './what-waits';

/** Every machine there is, from its own file: they import no package. */
const machines = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.machine.ts'))
  .flatMap((file) => Object.values(jest.requireActual<Record<string, unknown>>(resolve('src', file))))
  .filter((one): one is Machine<string, string> => typeof one === 'object' && one !== null && 'mermaid' in one);

const watches: readonly (readonly [string, Watch])[] = [
  ...Object.entries(watchedStates).flatMap(([machine, states]) =>
    Object.entries(states).map(([state, watch]) => [`${machine} ${state}`, watch] as const),
  ),
  ...Object.entries(watchedThings),
];

describe('what waits', () => {
  it('is known for every machine there is, and for every state that is not its last', () => {
    const open = machines.map(({ name, states, isFinal }): [string, string[]] => [
      name,
      states.filter((state) => !isFinal(state)),
    ]);
    const watched = Object.entries(watchedStates).map(([name, states]): [string, string[]] => [
      name,
      Object.keys(states),
    ]);
    const sorted = (some: readonly [string, string[]][]) =>
      some.map(([name, states]) => [name, states.toSorted()] as const).toSorted(([a], [b]) => a.localeCompare(b));
    expect(sorted(watched)).toEqual(sorted(open));
  });

  it.each(watches)('has a clock, a list or a reason: %s', (_, { clocks = [], lists = [], why = '' }) => {
    expect(clocks.length + lists.length > 0 || why.length > 20).toBe(true);
  });

  it('stands in lists that there are', () => {
    const schema = readFileSync('schema.graphql', 'utf8');
    const queries = /\ntype Query \{\n([\s\S]*?)\n\}/.exec(schema)?.[1] ?? '';
    const unknown = watches.flatMap(([, { lists = [] }]) => lists).filter((list) => !queries.includes(`\n  ${list}(`));
    expect(unknown).toEqual([]);
  });

  it('is what each clock runs on', () => {
    const used = new Set(watches.flatMap(([, { clocks = [] }]) => clocks));
    expect([...used].toSorted()).toEqual(Object.keys(clockKinds).toSorted());
  });

  it('is bridged as long as the rules of the state say, in one table as in the other', () => {
    const { clocks } = clockDefinitions().versionAt(new Date());
    const rules = readRules('states/DEFAULT.json') as { waitlist: { interim: { bridgeHours: object } }[] };
    const bridgeHours = rules.waitlist.at(-1)?.interim.bridgeHours ?? {};
    expect({
      THREE_DAY_BRIDGE: clocks.BRIDGE_ENDS.lasts,
      INTERIM_METHADONE: clocks.INTERIM_METHADONE_ENDS.lasts,
    }).toEqual(
      Object.fromEntries(Object.entries(bridgeHours).map(([service, hours]) => [service, `PT${String(hours)}H`])),
    );
  });
});
