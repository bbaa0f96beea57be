import type { Actor } from '../../src/access';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import type { PoolTraits } from '../builders/capacity';
import { buildProgramOf, buildReferral, buildSubmission, done, type Program } from '../builders/referrals';
import type { TestApp } from './app';

export const command = { name: 'test' };
export const REVIEW = { acceptanceMode: 'REVIEW' } as const;
export const DAY = 24 * 60;

interface World {
  readonly app: TestApp;
  readonly officer: Actor;
  readonly operator: Actor;
  readonly coordinator: Actor;
  /** Far from those of the test before. */
  readonly latitude: number;
}

/** People who are put to programs whose agencies close, or lose their last worker. */
export const closingWorld = (world: () => World) => {
  const program = ({ program: more, ...traits }: PoolTraits = {}) => {
    const instant = { latitude: world().latitude, acceptanceMode: 'INSTANT', freshnessMinutes: DAY } as const;
    return buildProgramOf(world().app, {
      staffed: 5,
      attestedAt: world().app.clock.now(),
      ...traits,
      program: { ...instant, ...more },
    });
  };
  const refer = (need: Parameters<typeof buildSubmission>[1] = {}, sender = world().officer) =>
    buildReferral(world().app, sender, buildSubmission({}, { latitude: world().latitude, ...need }));
  const standing = async (id: string) =>
    (
      await world().app.owner<{ state: string; at: string | null; noShows: number }>(
        'select state, program_id as at, no_shows as "noShows" from referral where id = $1',
        [id],
      )
    )[0];
  const there = ({ pool: { programId } }: Program) => ({ state: 'ACCEPTED', at: programId, noShows: 0 });
  const fill = (poolId: string) => world().app.app.get(PlaceFillingService).fill(poolId);
  const say = async (actor: Actor, field: string, type: string, input: object) => {
    const ask = await world().app.as(actor);
    const sent = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on Refused { code } } }`;
    return (await ask<Record<string, { __typename: string; code?: string }>>(sent, { input })).data?.[field];
  };
  /** As the operator says it over the API; heard by its event alone. */
  const setAgency = async (id: string, changes: { isActive?: boolean; isEmptied?: boolean }) => {
    expect(await say(world().operator, 'updateAgency', 'UpdateAgencyInput', { id, ...changes })).toEqual({
      __typename: 'Agency',
    });
    const waiting = 'select id from outbox_event where delivered_at is null order by position';
    const events = await world().app.owner<{ id: string }>(waiting);
    await world()
      .app.app.get(OutboxDelivery)
      .deliver(events.map((event) => event.id));
  };
  /** Came, and was admitted. */
  const admitted = async ({ intake }: Program, sender = world().officer) => {
    const id = await refer({}, sender);
    done(await world().app.app.get(ArrivalService).recordArrival(intake, id, command));
    done(await world().app.app.get(AdmissionService).admit(intake, id, command));
    return id;
  };
  /** … and has gone home. */
  const stay = async (program: Program, sender = world().officer) => {
    const { intake } = program;
    const id = await admitted(program, sender);
    const over = { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: [] };
    expect(await say(intake, 'dischargePerson', 'DischargePersonInput', over)).toEqual({ __typename: 'Referral' });
    return id;
  };
  const dueFor = async (coordinator: Actor, id: string) => {
    const ask = await world().app.as(coordinator);
    const { data } = await ask<{ dueClocks: { nodes: { id: string; kind: string; referral: { id: string } }[] } }>(
      '{ dueClocks(first: 100) { nodes { id kind referral { id } } } }',
    );
    return data?.dueClocks.nodes.filter(({ referral }) => referral.id === id) ?? [];
  };
  const kindsDue = async (coordinator: Actor, id: string) => (await dueFor(coordinator, id)).map(({ kind }) => kind);
  const allowed = async (id: string, actor = world().coordinator) => {
    const ask = await world().app.as(actor);
    const seen = await ask<{ referral: { allowedActions: string[] } }>(
      'query ($id: ID!) { referral(id: $id) { allowedActions } }',
      { id },
    );
    return seen.data?.referral.allowedActions;
  };
  const empty = (actor: Actor, id: string) => say(actor, 'updateAgency', 'UpdateAgencyInput', { id, isEmptied: true });
  /** A function of the database, called past everything that would call it. */
  const asks = (actor: Actor, text: string, id: string) =>
    world()
      .app.unitOfWork.reader(actor)
      .query({ name: text, text: `select app.${text} as so` }, [id]);
  return {
    empty,
    asks,
    program,
    refer,
    standing,
    there,
    fill,
    say,
    setAgency,
    admitted,
    stay,
    dueFor,
    kindsDue,
    allowed,
  };
};
