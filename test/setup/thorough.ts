/** Counts for the run before every change, and for the long one: `HANDRAIL_THOROUGH=1 npm test`. */
export const inDepth = (ordinary: number, thorough: number): number =>
  process.env['HANDRAIL_THOROUGH'] === '1' ? thorough : ordinary;
