import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/new-id';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { tryEach } from '../platform/jobs/try-each';
import { NudgeAddressesStore, type NudgeSettingRow, type Whose } from './nudge-addresses.store';
import type { NudgeEntity } from './nudge.entity';
import { NudgeMessagesStore } from './nudge-messages.store';
import { tellAt, type Wishes } from './nudge-times';
import { NudgesStore } from './nudges.store';

const PEOPLE_AT_ONCE = 50;

const wishesOf = ({ rhythm, quietFrom, quietUntil, timeZone: zone }: NudgeSettingRow): Wishes => ({
  rhythm,
  quiet: quietFrom === null || quietUntil === null ? null : { from: quietFrom, until: quietUntil },
  zone,
});

/** Makes messages of what waits, when its person wants to be told: all that waits then goes in one. */
@Injectable()
export class NudgeTellingService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly nudges: NudgesStore,
    private readonly addresses: NudgeAddressesStore,
    private readonly messages: NudgeMessagesStore,
  ) {}

  async tellAll(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await tryEach(await this.nudges.waitingPeople(reader, PEOPLE_AT_ONCE), (person) => this.tell(person));
  }

  /** One person; what another worker has in hand is left to it. */
  async tell(person: Whose): Promise<void> {
    await this.unitOfWork.runAsSystem(person.agencyId, { name: 'tellStaff', isHousekeeping: true }, async (tx) => {
      const waiting = await this.nudges.lockWaiting(tx, person);
      if (waiting.length > 0) await this.#decide(tx, person, waiting);
      return { id: person.accountId };
    });
  }

  async #decide(tx: SystemTx, person: Whose, waiting: readonly NudgeEntity[]): Promise<void> {
    const setting = await this.addresses.setting(tx, person);
    const lastToldAt = await this.nudges.lastToldAt(tx, person);
    const wishes = wishesOf(setting);
    const times = waiting.map(({ createdAt: since, isUrgent }) => tellAt({ since, isUrgent }, wishes, lastToldAt));
    const first = new Date(Math.min(...times.map((time) => time.getTime())));
    const ids = waiting.map(({ id }) => id);
    if (first > tx.asOf) this.nudges.lookAgain(tx, ids, first);
    else await this.#make(tx, person, { waiting, channels: setting.channels });
  }

  async #make(
    tx: SystemTx,
    person: Whose,
    { waiting, channels }: { waiting: readonly NudgeEntity[]; channels: readonly string[] },
  ): Promise<void> {
    const ids = waiting.map(({ id }) => id);
    const usable = (await this.addresses.of(tx, person)).filter(
      ({ state, channel }) => state === 'CONFIRMED' && channels.includes(channel),
    );
    const [newest] = waiting.slice(-1);
    if (usable.length === 0 || !newest) {
      this.nudges.drop(tx, ids);
      return;
    }
    const batchId = newId();
    const { membershipId } = newest;
    this.nudges.tell(tx, ids, batchId);
    this.messages.add(
      tx,
      usable.map(({ id: addressId, channel }) => ({ ...person, membershipId, addressId, channel, batchId })),
    );
  }
}
