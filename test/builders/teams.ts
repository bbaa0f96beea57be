import type { Actor } from '../../src/access';
import { CoordinationService } from '../../src/referrals/waitlist/coordination.service';
import type { TestApp } from '../setup/app';
import { buildAgency, buildStaff, type AgencyTraits } from './agencies';

/** Teams that come and go, and in whose hands a referral is. */
export const teamsOf = (app: TestApp) => {
  const waitlistEntry = `mutation ($input: RecordWaitlistContactInput!) { recordWaitlistContact(input: $input) { __typename } }`;
  /** What a coordinator sees of it in the queue and among what is due, and whether they may act. */
  const handsOn = async (coordinator: Actor, referralId: string) => {
    const ask = await app.as(coordinator);
    const { data } = await ask<{
      coordinatorQueue: { nodes: { id: string }[] };
      dueClocks: { nodes: { kind: string; referral: { id: string } }[] };
    }>(`{ coordinatorQueue(first: 50) { nodes { id } } dueClocks(first: 50) { nodes { kind referral { id } } } }`);
    const acted = await ask<{ recordWaitlistContact: { __typename: string } }>(waitlistEntry, {
      input: { referralId, outcome: 'NO_ANSWER' },
    });
    return {
      isQueued: data?.coordinatorQueue.nodes.some(({ id }) => id === referralId),
      due: data?.dueClocks.nodes.filter(({ referral }) => referral.id === referralId).length,
      acted: acted.data?.recordWaitlistContact.__typename,
    };
  };
  const sweep = () => app.app.get(CoordinationService).sweep();
  const team = async (traits: AgencyTraits = {}) => {
    const agency = await buildAgency(app.database, { kind: 'OUTREACH_TEAM', ...traits });
    return { id: agency.id, coordinator: await buildStaff(app.database, agency, 'COORDINATOR') };
  };
  const police = async (traits: AgencyTraits = {}) =>
    buildStaff(app.database, await buildAgency(app.database, traits), 'OFFICER');
  const close = (id: string) => app.owner('update agency set is_active = false where id = $1', [id]);

  const leave = ({ membershipId }: Actor) =>
    app.owner('update membership set ended_at = now() where id = $1', [membershipId]);
  const of = async (id: string) =>
    (
      await app.owner<{ id: string }>(
        `select agency_id as id from referral_party where referral_id = $1 and side = 'COORDINATING'`,
        [id],
      )
    ).map((one) => one.id);

  return { handsOn, sweep, team, police, close, leave, of };
};
