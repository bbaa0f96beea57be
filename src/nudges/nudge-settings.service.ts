import { randomInt, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IANAZone } from 'luxon';
import { mayDo, type Actor, type Facts } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { e164 } from '../people';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { Messenger, type MessageChannel } from '../platform/messaging';
import { MOST_TRIES, NudgeAddressesStore, type Whose } from './nudge-addresses.store';
import type { ConfirmNudgeAddressInput, SetNudgeAddressInput, SetNudgePreferencesInput } from './nudge.inputs';
import { NudgeMessagesStore } from './nudge-messages.store';
import { NudgesStore } from './nudges.store';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };
const MOST_CODES_A_DAY = 10;
const DIGITS = 6;
const EMAIL =
  /^[^\s@<>"(),;:\\[\]]{1,64}@(?=.{4,190}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/i;
const DEVICE = /^[\x21-\x7e]{8,500}$/;

const shapes: Readonly<Record<MessageChannel, readonly [read: (text: string) => string | null, remedy: string]>> = {
  EMAIL: [(text) => (EMAIL.test(text) ? text : null), 'Send an e-mail address such as name@example.org.'],
  SMS: [e164, 'Send a phone number with its area code, such as +1 740 555 0100.'],
  PUSH: [(text) => (DEVICE.test(text) ? text : null), 'Send the token of the device, without spaces.'],
};

const whoseOf = ({ agencyId, id }: Actor): Whose => ({ agencyId, accountId: id });
const about = (id: string) => ({ subjectType: 'NudgeSettings', subjectId: id });
const newCode = (): string => String(randomInt(10 ** DIGITS)).padStart(DIGITS, '0');
const isSame = (sent: string, code: string): boolean =>
  sent.length === code.length && timingSafeEqual(Buffer.from(sent), Buffer.from(code));

const noCode = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'No code waits for this address, or it was tried too often.', {
    field: 'input.channel',
    remedy: 'Send setNudgeAddress again for a new code.',
  });

/** How a person wants to be told that something waits. Everybody decides for themselves, and for nobody else. */
@Injectable()
export class NudgeSettingsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: NudgeAddressesStore,
    private readonly nudges: NudgesStore,
    private readonly messages: NudgeMessagesStore,
    private readonly messenger: Messenger,
  ) {}

  /** A code goes to the address; it is not used before the code has come back. */
  setAddress(actor: Actor, input: SetNudgeAddressInput, command: Command): Promise<Done | Refusal> {
    return this.#own(actor, 'setAddress', command, async (tx) => {
      const { channel } = input;
      const address = this.#addressIn(input);
      if (isRefusal(address)) return address;
      const system = tx.asSystem();
      const person = whoseOf(actor);
      if ((await this.store.countCode(system, person)) > MOST_CODES_A_DAY) {
        return new Refusal('FORBIDDEN', `${MOST_CODES_A_DAY} codes were sent for you in a day.`, {
          field: 'input.address',
          remedy: 'Try again tomorrow.',
        });
      }
      const addressId = this.store.replace(system, person, { channel, address, code: newCode() });
      const { membershipId } = actor;
      this.messages.add(system, [{ ...person, membershipId, addressId, channel, batchId: null }]);
      tx.audit({ action: 'nudge-address.set', ...about(actor.id), details: { channel } });
      return { id: actor.id };
    });
  }

  /** Every try counts, also one that is refused: it is taken before the code is looked at. */
  async confirm(actor: Actor, input: ConfirmNudgeAddressInput, command: Command): Promise<Done | Refusal> {
    const { channel, code } = input;
    const isTaken = await this.#takeTry(actor, channel);
    return this.#own(actor, 'confirmAddress', command, async (tx) => {
      const found = (await this.store.of(tx, whoseOf(actor))).find((one) => one.channel === channel);
      if (!isTaken || typeof found?.code !== 'string') return noCode();
      if (!isSame(code, found.code)) {
        const left = MOST_TRIES - found.codeTries;
        return invalid('input.code', `The code is another; ${left} tries are left.`, 'Send the code as it came.');
      }
      this.store.confirm(tx.asSystem(), found.id);
      tx.audit({ action: 'nudge-address.confirmed', ...about(actor.id), details: { channel } });
      return { id: actor.id };
    });
  }

  remove(actor: Actor, channel: MessageChannel, command: Command): Promise<Done | Refusal> {
    return this.#own(actor, 'removeAddress', command, async (tx) => {
      if (!(await this.store.remove(tx.asSystem(), whoseOf(actor), channel))) {
        return notFound('address of this channel');
      }
      tx.audit({ action: 'nudge-address.removed', ...about(actor.id), details: { channel } });
      return { id: actor.id };
    });
  }

  prefer(actor: Actor, input: SetNudgePreferencesInput, command: Command): Promise<Done | Refusal> {
    return this.#own(actor, 'prefer', command, (tx) => {
      const fault = wishFault(input);
      if (fault) return Promise.resolve(fault);
      const { language, rhythm, channels, quietFrom = null, quietUntil = null, timeZone } = input;
      const system = tx.asSystem();
      this.store.prefer(system, whoseOf(actor), { language, rhythm, channels, quietFrom, quietUntil, timeZone });
      this.nudges.lookNow(system, whoseOf(actor));
      tx.audit({ action: 'nudge-preferences.set', ...about(actor.id), details: { rhythm, channels } });
      return Promise.resolve({ id: actor.id });
    });
  }

  addresses(reader: Reader) {
    return this.store.of(reader, whoseOf(reader.actor));
  }

  offered(): MessageChannel[] {
    return (Object.keys(shapes) as MessageChannel[]).filter((channel) => this.messenger.carries(channel));
  }

  #addressIn({ channel, address }: SetNudgeAddressInput): string | Refusal {
    if (!this.messenger.carries(channel)) {
      const remedy = `Use one of: ${this.offered().join(', ') || 'none is set'}.`;
      return invalid('input.channel', 'The operator has set no way for this channel.', remedy);
    }
    const [read, remedy] = shapes[channel];
    return read(address.trim()) ?? invalid('input.address', 'It is no address of this channel.', remedy);
  }

  #own(
    actor: Actor,
    step: string,
    command: Command,
    work: (tx: Tx) => Promise<Done | Refusal>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, (tx) => {
      if (actor.kind === 'STAFF' && mayDo(actor, 'NudgeSettings', step, OWN)) return work(tx);
      const remedy = 'A partner system is told by webhooks: createWebhookEndpoint.';
      return Promise.resolve(new Refusal('FORBIDDEN', 'Only people are nudged.', { remedy }));
    });
  }

  async #takeTry(actor: Actor, channel: MessageChannel): Promise<boolean> {
    let isTaken = false;
    await this.unitOfWork.runAsSystem(actor.agencyId, { name: 'takeCodeTry', isHousekeeping: true }, async (tx) => {
      isTaken = await this.store.takeTry(tx, whoseOf(actor), channel);
      return { id: actor.id };
    });
    return isTaken;
  }
}

const wishFault = ({ quietFrom, quietUntil, timeZone }: SetNudgePreferencesInput): Refusal | null => {
  if ((quietFrom == null) !== (quietUntil == null)) {
    return invalid('input.quietUntil', 'Quiet hours have a beginning and an end.', 'Send both or neither.');
  }
  if (quietFrom != null && quietFrom === quietUntil) {
    return invalid('input.quietUntil', 'Quiet hours end at another time than they begin.', 'Send another end.');
  }
  return IANAZone.isValidZone(timeZone)
    ? null
    : invalid('input.timeZone', 'It is no time zone.', 'Send an IANA name such as America/New_York.');
};
