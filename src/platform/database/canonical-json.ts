const canonical = (value: unknown): unknown => {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(canonical);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, canonical(held)]),
  );
};

/** JSON with its names in order: the same value is the same text, whoever wrote it and whatever `jsonb` made of it. */
export const canonicalJson = (value: unknown): string => JSON.stringify(canonical(value ?? null));
