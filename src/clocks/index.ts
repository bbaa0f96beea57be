export {
  answersOf,
  awaitsAnswer,
  clockAnswers,
  clockEnds,
  clockKinds,
  kindsOfNeed,
  roomClockKinds,
} from './clock-kinds';
export type { ClockAnswer, ClockEnd, ClockKind } from './clock-kinds';
export { ClockEntity } from './clock.entity';
export { CLOCK_BREACHED, CLOCK_ESCALATED, CLOCK_REMINDED } from './clock.events';
export { ClockNews } from './clock-news';
export { ClocksLoaders } from './clocks.loaders';
export { ClocksModule } from './clocks.module';
export { ClocksService, type NewClock, type Terms } from './clocks.service';
export { clockDefinitions } from './definitions';
export { bellProblems, ringsWeekly, type BellCalendar } from './engine/bells';
export { dueByBell, nextBell } from './next-bell';
export { ClockAnswerEnum, ClockEndEnum, ClockKindEnum } from './clock.enums';
export { AnswerClockInput } from './room-clock.type';
export { isUncoordinated, seesToCases } from './uncoordinated';
export { answerProblem } from './room-clocks.service';
