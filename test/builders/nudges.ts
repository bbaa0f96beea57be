import type { Actor } from '../../src/access';
import { NudgeAddressesStore } from '../../src/nudges';
import { NudgesJobs } from '../../src/nudges/nudges.jobs';
import { DevelopmentOutbox, type MessageChannel } from '../../src/platform/messaging';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import type { TestApp } from '../setup/app';

/** A confirmed address of this person, told by nobody; the address says whose it is. */
export const reachAt = async (app: TestApp, { id: accountId, agencyId }: Actor, channel: MessageChannel = 'EMAIL') => {
  const address = channel === 'SMS' ? `+1304555${String(Math.random()).slice(2, 6)}` : `${accountId}@work.example`;
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
