import type { SampleUserName } from '../../sample';
import type { Cast, Look } from './cast';
import type { Stage } from './stage';

const watchers: readonly SampleUserName[] = [
  'officer',
  'coordinator',
  'provider',
  'provider-otp',
  'hospital',
  'school',
  'analyst',
  'privacy',
];
const fields = ['progress', 'person', 'need', 'state', 'offers', 'destination', 'handOffs', 'matchRuns'] as const;

const cellsOf = (look: Look | null): string[] =>
  fields.map((field) => (look !== null && look[field] !== null ? 'sees' : '–'));

/** One row a role, one column a field: the one-way valve at a glance. */
export const showWhoSees = async (cast: Cast, stage: Stage, id: string): Promise<void> => {
  const looks = await Promise.all(watchers.map((user) => cast.look(user, id)));
  stage.table(
    ['', ...fields],
    watchers.map((user, at) => [user, ...cellsOf(looks[at] ?? null)]),
  );
};
