import { randomUUID } from 'node:crypto';
import type { SampleUserName } from '../../../sample';
import type { Cast } from '../cast';
import type { Stage } from '../stage';

const strangers: readonly SampleUserName[] = [
  'medic',
  'hospital',
  'provider-otp',
  'school',
  'child-services',
  'analyst',
  'privacy',
  'admin',
  'platform-admin',
  'partner',
];

/** Whoever has no part in a referral cannot even learn that it exists. */
export const strangersSeeNothing = async (cast: Cast, stage: Stage, id: string): Promise<void> => {
  stage.heading('Whoever has no part in it sees nothing');
  for (const user of strangers) {
    const real = await cast.lookRaw(user, id);
    const made = await cast.lookRaw(user, randomUUID());
    const isAlike = JSON.stringify(real) === JSON.stringify(made);
    const isEmpty = (real.data?.referral ?? null) === null;
    stage.check(isAlike && isEmpty, `${user}: this referral and one that never was give the same answer`, [real, made]);
  }
  const commands = ['hospital', 'provider-otp'] as const;
  for (const user of commands) {
    const command = user === 'hospital' ? 'cancelReferral' : 'scheduleArrival';
    const rest =
      user === 'hospital' ? { reason: 'ENTERED_IN_ERROR' } : { arrivalAt: new Date(Date.now() + 60_000).toISOString() };
    const real = await cast.give(user, command, { referralId: id, ...rest });
    const made = await cast.give(user, command, { referralId: randomUUID(), ...rest });
    stage.check(
      real.code === 'NOT_FOUND' && JSON.stringify(real) === JSON.stringify(made),
      `${user}: nor can they take a step on it`,
      [real, made],
    );
  }
};
