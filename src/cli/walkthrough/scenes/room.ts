import type { SampleProgramName, SampleUserName } from '../../../sample';
import { samplePrograms } from '../../../sample';
import type { Cast, Pool } from '../cast';
import { findRoom } from '../documents';
import { needsDetox } from '../people';
import type { Stage } from '../stage';

const intake = {
  detox: 'provider',
  otp: 'provider-otp',
  residential: 'provider-residential',
  women: 'provider-women',
  outpatient: 'provider-outpatient',
} as const satisfies Record<SampleProgramName, SampleUserName>;

const countOf = ({ id, staffed, occupied }: Pool): object => ({ poolId: id, staffed, occupied });

/** Every provider attests what it has, several pools in one call. */
export const providersPostCensus = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('Providers say how much room there is');
  for (const name of Object.keys(intake) as SampleProgramName[]) {
    const pools = await cast.poolsOf(name);
    const posted = await cast.give(intake[name], 'postCensus', { pools: pools.map(countOf), source: 'STAFF' });
    const room = await cast.poolsOf(name);
    const free = room.map(({ name: pool, available }) => `${pool}: ${available} free`).join(', ');
    stage.check(
      posted.code === null && room.every(({ isFresh }) => isFresh),
      `${samplePrograms[name].name}: ${free}`,
      posted,
    );
  }
};

interface Found {
  readonly matchPrograms: {
    readonly matches?: readonly {
      readonly program: { readonly id: string; readonly name: string } | null;
      readonly distanceKm: number;
    }[];
    readonly removedByRule?: readonly { readonly rule: string; readonly programs: number }[];
  };
}

/** Where is there room? Nothing that says who the person is goes in. */
export const officerAsksForRoom = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('An officer asks where there is room, naming nobody');
  const need = { ...needsDetox, pathway: 'FIRST_RESPONDER_REFERRAL', ageYears: 35 };
  const { data, errors } = await cast.client.ask<Found>('officer', findRoom, { need });
  const { matches = [], removedByRule = [] } = data?.matchPrograms ?? {};
  stage.check(matches[0]?.program?.id === samplePrograms.detox.id, 'the withdrawal program leads', { data, errors });
  stage.check(
    removedByRule.some(({ rule }) => rule === 'LEVEL_OF_CARE'),
    `the others are left out with a reason: ${removedByRule.map(({ rule, programs }) => `${rule} (${programs})`).join(', ')}`,
    removedByRule,
  );
  const named = await cast.client.ask('officer', findRoom, { need: { ...need, familyName: 'Nobody' } });
  stage.check(named.data === null && named.errors.length > 0, 'a name in the question is refused', named);
  const assigned = await cast.client.ask<{ matchPrograms: { code?: string } }>('officer', findRoom, {
    need: { ...need, levelsOfCare: ['ASAM_3_7'] },
  });
  stage.check(assigned.data?.matchPrograms.code === 'FORBIDDEN', 'an officer cannot assign a level of care', assigned);
  const counts = await cast.client.ask('analyst', findRoom, { need });
  stage.check(counts.errors[0]?.code === 'FORBIDDEN', 'an analyst, who works with counts, cannot ask', counts);
};
