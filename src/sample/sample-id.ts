const kinds = { AGENCY: 1, ACCOUNT: 2, MEMBERSHIP: 3, PROGRAM: 4, POOL: 5 } as const;

/** Fixed ids, the same on every machine, so that documents and examples can name them: `5a3b1e00-0004-7000-8000-…` is a program. */
export const sampleId = (kind: keyof typeof kinds, number: number): string =>
  `5a3b1e00-000${kinds[kind]}-7000-8000-${String(number).padStart(12, '0')}`;
