export { isPurposeOf, purposeOf, purposesOfRole, roles, rolesOfAgencyKind, type Actor, type Role } from './actor';
export { purposes, type Purpose } from './purpose';
export {
  consentScopes,
  ACCOUNTED,
  PROTECTED,
  type ConsentScope,
  type FieldClass,
  type Grant,
  type Relation,
  type Resource,
  type Source,
} from './policy';
export { prohibitionOf, prohibitions } from './prohibitions';
export {
  NO_FACTS,
  fieldClassOf,
  grantedCommands,
  isInScope,
  isOpenField,
  isOpenType,
  mayCall,
  mayCount,
  mayDo,
  mayEverRead,
  mayNarrow,
  mayRead,
  narrowingOf,
  reading,
  scopesOf,
  weigh,
  withheldReasons,
  type Facts,
  type Reading,
  type Withheld,
} from './decide';
export { explain, type Explanation } from './explain';
export { accessMatrix } from './matrix';
export { resources } from './table';
export { narrowings } from './table/narrowings';
export { isSystemStep, systemSteps, type SystemStep } from './table/system-steps';
