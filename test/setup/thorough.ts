/** `HANDRAIL_THOROUGH=1 npm test`: the long run, with what takes half a minute to see. */
export const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';

/** Counts for the run before every change, and for the long one. */
export const inDepth = (ordinary: number, thorough: number): number => (isThorough ? thorough : ordinary);
