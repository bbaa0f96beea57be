export { counties, CountyMap, type County, type CountyShape } from './county-map';
export { isState, stateOfFips } from './states';
export { timeZoneOf } from './time-zones';
