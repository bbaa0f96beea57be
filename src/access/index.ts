export { roles, rolesOfAgencyKind, type Actor, type Role } from './actor';
export { consentScopes, type ConsentScope, type FieldClass, type Relation, type Resource } from './policy';
export { NO_FACTS, grantedCommands, isOpenField, mayCall, mayDo, mayRead, type Facts } from './decide';
export { accessMatrix } from './matrix';
export { resources } from './table';
