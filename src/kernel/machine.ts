import { Refusal } from './refusal';

export type Transitions<S extends string, C extends string> = { readonly [state in S]: Partial<Record<C, S>> };

export interface Machine<S extends string, C extends string> {
  readonly name: string;
  readonly initial: S;
  readonly states: readonly S[];
  readonly table: Transitions<S, C>;
  /** The commands the state allows, in the table's order. */
  commands(from: S): C[];
  isFinal(state: S): boolean;
  next(from: S, command: C): S | Refusal<'ILLEGAL_TRANSITION'>;
  mermaid(): string;
}

const reachable = <S extends string, C extends string>(initial: S, table: Transitions<S, C>): Set<S> => {
  const seen = new Set<S>([initial]);
  for (const state of seen) for (const to of Object.values<S>(table[state] as Record<C, S>)) seen.add(to);
  return seen;
};

const mermaid = <S extends string, C extends string>(initial: S, table: Transitions<S, C>): string => {
  const arrows = (Object.keys(table) as S[]).flatMap((from) => {
    const steps = Object.entries<S>(table[from] as Record<C, S>);
    return steps.length === 0 ? [`  ${from} --> [*]`] : steps.map(([command, to]) => `  ${from} --> ${to}: ${command}`);
  });
  return ['stateDiagram-v2', `  [*] --> ${initial}`, ...arrows].join('\n');
};

/**
 * A state machine is a table: state → command → next state. It knows nothing of databases, people or time.
 * Throws at definition when a state cannot be reached, so a bad table stops the boot.
 */
export const machine = <S extends string, C extends string>(
  name: string,
  initial: S,
  table: Transitions<S, C>,
): Machine<S, C> => {
  const states = Object.keys(table) as S[];
  const seen = reachable(initial, table);
  const lost = states.filter((state) => !seen.has(state));
  if (lost.length > 0) throw new Error(`${name} machine: unreachable states ${lost.join(', ')}`);
  const commands = (from: S): C[] => Object.keys(table[from]) as C[];
  return {
    name,
    initial,
    states,
    table,
    commands,
    isFinal: (state) => commands(state).length === 0,
    next: (from, command) =>
      table[from][command] ??
      new Refusal('ILLEGAL_TRANSITION', `Cannot ${command}: the ${name} is ${from}.`, {
        from,
        command,
        allowed: commands(from),
        remedy: 'Read the record again and use one of the allowed commands.',
      }),
    mermaid: () => mermaid(initial, table),
  };
};
