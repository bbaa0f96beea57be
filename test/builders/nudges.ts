import type { Actor } from '../../src/access';
import type { ClockKind } from '../../src/clocks';
import { NudgeAddressesStore } from '../../src/nudges';
import { NudgesJobs } from '../../src/nudges/nudges.jobs';
import { DevelopmentOutbox, type MessageChannel } from '../../src/platform/messaging';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import type { TestApp } from '../setup/app';

/** Numbers in turn: of those drawn, two would one day be the same. */
let numbers = 0;

/** A confirmed address of this person, told by nobody; the address says whose it is. */
export const reachAt = async (app: TestApp, { id: accountId, agencyId }: Actor, channel: MessageChannel = 'EMAIL') => {
  const address =
    channel === 'SMS' ? `+1304555${String((numbers += 1)).padStart(4, '0')}` : `${accountId}@work.example`;
  await app.unitOfWork.runAsSystem(agencyId, { name: 'giveSampleAddresses', isHousekeeping: true }, (tx) => {
    app.app.get(NudgeAddressesStore).addConfirmed(tx, { agencyId, accountId }, channel, address);
    return Promise.resolve({ id: accountId });
  });
  return address;
};

/** What the worker does until nothing is due: events to nudges, nudges to messages, messages to people. */
export const nudgeDue = async (app: TestApp): Promise<void> => {
  const waiting = await app.owner<{ id: string }>(
    'select id from outbox_event where delivered_at is null order by position',
  );
  for (const { id } of waiting) await app.app.get(OutboxDelivery).deliver([id]);
  await app.app.get(NudgesJobs).sendAll();
};

/** The texts an address was sent, the oldest first. */
export const toldAt = async (app: TestApp, address: string): Promise<string[]> =>
  (await app.app.get(DevelopmentOutbox).messages())
    .filter((message) => message.address === address)
    .map(({ text }) => text)
    .reverse();

/** A clock that is an hour past its deadline. */
export interface LateClock {
  readonly kind: ClockKind;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly ownerAgencyId: string;
  readonly ownerSide?: 'PROVIDER' | 'SENDER' | 'COORDINATING';
  readonly coordinatorAgencyId?: string;
}

export const buildLateClock = async (app: TestApp, clock: LateClock): Promise<string> => {
  const { kind, subjectType, subjectId, ownerAgencyId, ownerSide = 'PROVIDER', coordinatorAgencyId = null } = clock;
  const [row] = await app.owner<{ id: string }>(
    `insert into clock (kind, subject_type, subject_id, owner_agency_id, owner_side, coordinator_agency_id, started_at, due_at, definition_version,
       breached_at, breach_count)
     select $1, $2, $3, $4, $5, $6, at - interval '1 day', at, 'clocks-1', at, 1 from (select now() - interval '1 hour' as at) t returning id`,
    [kind, subjectType, subjectId, ownerAgencyId, ownerSide, coordinatorAgencyId],
  );
  return row?.id ?? '';
};

/** The rung of a ladder that tells this audience is taken, and what follows is done. */
export const takeRung = async (app: TestApp, clockId: string, tell: string): Promise<void> => {
  await app.owner(
    `insert into outbox_event (agency_id, name, subject_type, subject_id, payload)
     select owner_agency_id, 'clock.escalated', 'Clock', id, jsonb_build_object('kind', kind, 'tell', $2::text) from clock where id = $1`,
    [clockId, tell],
  );
  await nudgeDue(app);
};
