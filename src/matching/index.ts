export {
  missingSignals,
  emergencyInstruction,
  missingFor,
  type MissingSignal,
  type PartialNeed,
} from './engine/intake';
export type { LastUse, Need } from './engine/need';
export type { Candidates } from './candidate.store';
export type { Candidate } from './engine/candidate';
export type { RuleName } from './engine/rules';
export { MatchRunEntity } from './match-run.entity';
export type { MatchRunRow, ToldRun } from './match-runs.store';
export { MatchRun, RuleFinding, Verdict } from './match-run.type';
export { LastUseEnum, MatchRuleEnum, MissingSignalEnum, type RunRule } from './matching.enums';
export { UNMET_NEED_RECORDED, UNMET_NEED_RESOLVED } from './matching.events';
export { MatchingLoaders } from './matching.loaders';
export { MatchingModule } from './matching.module';
export {
  MatchingService,
  type Eligibility,
  type RunAnswer,
  type RunCandidate,
  type RunRequest,
  type WaitedFor,
  type WaitingPerson,
} from './matching.service';
export { NeedInput } from './need.input';
export { LastingDeclineEntity, ProgramAnswersEntity } from './program-answers.entity';
export type { LastingDecline, ProgramAnswers } from './program-history.store';
export {
  checkNeed,
  checkPlace,
  isComplete,
  needOf,
  partialNeedOf,
  placeOf,
  readNeed,
  type NeedAbout,
} from './read-need';
export { rulesWithoutAnswers } from './run-verdicts';
export { UnmetNeedEntity } from './unmet-need.entity';
export { UnmetNeed } from './unmet-need.type';
export type { UnmetNeedFacts, UnmetNeedRow } from './unmet-needs.store';
