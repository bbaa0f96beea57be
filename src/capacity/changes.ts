/**
 * The record with what the input names. What is left out stays; null empties what may be empty, and stays elsewhere.
 */
export const changedBy = <Facts extends object>(
  current: Facts,
  input: { readonly [name in keyof Facts]?: Facts[name] | null | undefined },
  emptiable: readonly (keyof Facts)[],
): Facts => {
  const named = (Object.keys(current) as (keyof Facts)[]).filter((name) =>
    emptiable.includes(name) ? input[name] !== undefined : input[name] !== undefined && input[name] !== null,
  );
  return { ...current, ...Object.fromEntries(named.map((name) => [name, input[name]])) };
};

/** Names of the facts that differ: what the audit trail tells of a change. */
export const differences = <Facts extends object>(before: Facts, after: Facts): string[] =>
  Object.keys(after).filter(
    (name) => JSON.stringify(before[name as keyof Facts]) !== JSON.stringify(after[name as keyof Facts]),
  );
