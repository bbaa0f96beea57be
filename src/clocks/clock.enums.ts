import { enumOf } from '../platform/graphql';
import { clockAnswers, clockEnds, clockKinds } from './clock-kinds';

export const ClockKindEnum = enumOf(
  'ClockKind',
  clockKinds,
  'What a clock runs for. Lengths are data, by state, agency and program.',
);
export const ClockEndEnum = enumOf('ClockEnd', clockEnds, 'How a clock ended.');
export const ClockAnswerEnum = enumOf(
  'ClockAnswer',
  clockAnswers,
  'What a human found or did, for clocks that no other step ends.',
);
