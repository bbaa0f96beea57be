export { always, byMachine, Steps } from './allowed-actions';
export {
  connectionOf,
  ConnectionArgs,
  DEFAULT_PAGE,
  keysetOf,
  PAGE_LIMIT,
  PageInfo,
  pageOf,
  shownPageOf,
  type Connection,
  type Edge,
} from './connection';
export { CountyFips } from './county-fips';
export { Ctx, CurrentActor, RequestReader, type GraphqlContext } from './context';
export { decodeCursor, decodeRankedCursor, encodeCursor, type Keyset, type RankedKeyset } from './cursor';
export { badInput, causeOf, forbidden, presentError, retryLater, unauthenticated } from './errors';
export { GraphqlModule } from './graphql.module';
export type { GraphqlSettings } from './graphql.options';
export { enumOf } from './enum-of';
export { answer } from './answer';
export { commandOf } from './command-of';
export { IDEMPOTENCY_KEY, IdempotencyKey } from './idempotency-key';
export { typesShownBy } from './led-to';
export { defineLoader, inOrderOf, type Batch, type Loader } from './loaders';
export { Operations } from './operations';
export { Refused, RefusalCodes } from './refused.type';
export { resultOf } from './result';
export { readRows, rowScalar } from './rows';
export { CalendarDate, DateTime, RefusalFacts } from './scalars';
export { TextLength } from './text-length';
export { printable, TEXT_LIMIT, textFault, valueFault, type ValueFault } from './text';
export {
  AgencyKindEnum,
  LevelOfCareEnum,
  MedicationEnum,
  PathwayEnum,
  PayerEnum,
  RedFlagEnum,
  ServiceEnum,
  RaceEnum,
  SexEnum,
  SubstanceEnum,
} from './vocabulary.enums';
