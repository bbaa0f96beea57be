/**
 * States and territories: two-digit FIPS prefix → USPS code (ANSI INCITS 38). Names come from the map itself.
 * The freely associated states (FM, MH, PW) have no counties; their codes occur in postal addresses only.
 */
const pairs =
  '01AL 02AK 04AZ 05AR 06CA 08CO 09CT 10DE 11DC 12FL 13GA 15HI 16ID 17IL 18IN 19IA 20KS 21KY 22LA 23ME 24MD 25MA ' +
  '26MI 27MN 28MS 29MO 30MT 31NE 32NV 33NH 34NJ 35NM 36NY 37NC 38ND 39OH 40OK 41OR 42PA 44RI 45SC 46SD 47TN 48TX ' +
  '49UT 50VT 51VA 53WA 54WV 55WI 56WY 60AS 64FM 66GU 68MH 69MP 70PW 72PR 78VI';

const uspsByPrefix = new Map(pairs.split(' ').map((pair) => [pair.slice(0, 2), pair.slice(2)]));

/** USPS code of the state a county or state FIPS code lies in; `null` when the prefix is no state's. */
export const stateOfFips = (fips: string): string | null => uspsByPrefix.get(fips.slice(0, 2)) ?? null;

const uspsCodes = new Set(uspsByPrefix.values());

/** Whether a two-letter code is a USPS state, territory or freely associated state. */
export const isState = (usps: string): boolean => uspsCodes.has(usps);
