/** Stands for any value but null: the field is shown. */
export const SHOWN = Symbol('shown');
/** Stands for null: the field is withheld, or empty. */
export const HIDDEN = null;

/**
 * Whether `found` is as expected: objects by the fields that are named, lists by their length and each entry, `SHOWN` by
 * anything but null, all else by equality.
 */
export const isAsExpected = (found: unknown, expected: unknown): boolean => {
  if (expected === SHOWN) return found !== null && found !== undefined;
  if (typeof expected !== 'object' || expected === null) return (found ?? null) === expected;
  if (typeof found !== 'object' || found === null) return false;
  if (Array.isArray(expected) && (found as unknown[]).length !== expected.length) return false;
  return Object.entries(expected).every(([field, value]) =>
    isAsExpected((found as Record<string, unknown>)[field], value),
  );
};
