import { Injectable } from '@nestjs/common';
import { mayCall, mayDo, type Actor, type Facts } from '../../access';
import { ServiceAccountsService } from '../../agencies';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import { SignedOut } from '../../platform/database/failures';
import { keyCode } from '../../platform/database/idempotency';
import type { Reader } from '../../platform/database/reader';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { tryEach } from '../../platform/jobs/try-each';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { OutboundHttp } from '../../platform/outbound';
import { ReferralNews, type ReferralImage } from '../../referrals';
import { WebhookDeliveriesStore } from './webhook-deliveries.store';
import { webhookEndpointMachine, type WebhookEndpointCommand } from './webhook-endpoint.machine';
import { WebhookEndpointsStore, type WebhookEndpointRow } from './webhook-endpoints.store';
import type { CreateWebhookEndpointInput } from './webhook.inputs';
import { webhookKinds } from './webhook-kinds';
import { WebhookMessages } from './webhook-messages';
import { shownSecret, type WithSecret } from './shown-secret';
import { newSecret, type NewSecret } from './webhook-secrets';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };
const MOST_ENDPOINTS = 20;
/** As the column holds. */
const LONGEST_ADDRESS = 500;

const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Only an admin of the agency manages its webhooks.', {
    remedy: 'Ask an admin of your agency.',
  });

/** Where news for partner systems goes: what their agency’s admin decides. */
@Injectable()
export class WebhookEndpointsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: WebhookEndpointsStore,
    private readonly deliveries: WebhookDeliveriesStore,
    private readonly systems: ServiceAccountsService,
    private readonly outbound: OutboundHttp,
    private readonly referrals: ReferralNews,
    private readonly messages: WebhookMessages,
  ) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<WebhookEndpointRow>> {
    return pageOf(await this.store.page(reader, args.first, keysetOf(args)), args);
  }

  async create(actor: Actor, input: CreateWebhookEndpointInput, command: Command): Promise<WithSecret | Refusal> {
    const secret = newSecret(keyCode(actor, command));
    const made = { isNew: false };
    const done = await this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'WebhookEndpoint', 'create', OWN)) return notYours();
      const fault = this.addressFault(input.url) ?? (await this.systemFault(tx, input)) ?? (await this.numberFault(tx));
      if (fault) return fault;
      const { serviceAccountId: membershipId, kinds } = input;
      // As it is called, so that nobody reads one host and another is called.
      const { href: url } = new URL(input.url);
      const id = this.store.insert(tx.asSystem(), { membershipId, url, kinds, secret }, webhookEndpointMachine.initial);
      tx.audit({ action: 'webhook-endpoint.created', ...subject(id), details: { membershipId, kinds } });
      made.isNew = true;
      return { id };
    });
    if (isRefusal(done)) return done;
    if (made.isNew) await this.begin(actor.agencyId, done.id, input.serviceAccountId);
    return this.shown(actor, command, done.id, secret);
  }

  async rotateSecret(actor: Actor, id: string, command: Command): Promise<WithSecret | Refusal> {
    const secret = newSecret(keyCode(actor, command));
    const done = await this.onOwn(actor, id, { ...command, step: 'rotateSecret' }, async (tx) => {
      await this.store.rotate(tx, id, secret);
      tx.audit({ action: 'webhook-endpoint.secret-rotated', ...subject(id) });
      return null;
    });
    return isRefusal(done) ? done : this.shown(actor, command, done.id, secret);
  }

  private shown(actor: Actor, command: Command, id: string, secret: NewSecret): Promise<WithSecret> {
    return shownSecret(this.unitOfWork, this.store, { actor, command, subject: subject(id), secret });
  }

  /** Pause, resume, delete. */
  move(actor: Actor, id: string, step: Exclude<WebhookEndpointCommand, 'disable'>, command: Command) {
    return this.onOwn(actor, id, { ...command, step }, async (tx, endpoint) => {
      const state = webhookEndpointMachine.next(endpoint.state, step);
      if (isRefusal(state)) return state;
      if (step === 'resume' && !(await this.systems.actor(tx, endpoint.membershipId))) return systemIsOut();
      this.store.move(tx, id, state);
      if (step === 'delete') this.deliveries.dropAll(tx, id);
      tx.audit({ action: `webhook-endpoint.${PAST[step]}`, ...subject(id) });
      return null;
    });
  }

  test(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.onOwn(actor, id, { ...command, step: 'test' }, (tx, { state }) => {
      if (state !== 'ACTIVE') {
        return Promise.resolve(
          new Refusal('ILLEGAL_TRANSITION', 'Only an active endpoint is sent to.', {
            from: state,
            remedy: 'Resume it first.',
          }),
        );
      }
      this.deliveries.addTest(tx, id);
      tx.audit({ action: 'webhook-endpoint.tested', ...subject(id) });
      return Promise.resolve(null);
    });
  }

  redrive(actor: Actor, id: string, deliveryIds: readonly string[] | null, command: Command): Promise<Done | Refusal> {
    return this.onOwn(actor, id, { ...command, step: 'redrive' }, async (tx) => {
      const count = await this.deliveries.redrive(tx, id, deliveryIds);
      if (count === 0) return notFound('dead delivery of this endpoint');
      tx.audit({ action: 'webhook-delivery.redriven', ...subject(id), details: { count } });
      return null;
    });
  }

  /** An agency that opens again is as it was: what was stopped because nobody there could sign in goes on, and says what was missed. */
  async resumeOpened(agencyId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, { name: 'resumeWebhooks' }, async (tx) => {
      const stopped = (await this.store.lockAll(tx)).filter(({ disabledWhy }) => disabledWhy === 'ACCOUNT_ENDED');
      for (const { id, state, membershipId } of stopped) {
        const resumed = webhookEndpointMachine.next(state, 'resume');
        if (isRefusal(resumed) || !(await this.systems.actor(tx, membershipId))) continue;
        this.store.move(tx, id, resumed);
        tx.audit({ action: 'webhook-endpoint.resumed', ...subject(id) });
      }
      return tx.audits.length > 0 ? { id: agencyId } : notFound('endpoint to resume');
    });
  }

  /** Finds those whose memory has not begun. */
  async beginAll(): Promise<void> {
    const waiting = await this.store.toBegin(this.unitOfWork.reader(systemActor(NO_AGENCY)));
    await tryEach(waiting, ({ agencyId, id, membershipId }) => this.begin(agencyId, id, membershipId));
  }

  /** Remembers what the agency, behind the valve, has been shown by now; from here on news is sent. */
  private async begin(agencyId: string, id: string, membershipId: string): Promise<void> {
    const actor = await this.systems.actor(this.unitOfWork.reader(systemActor(agencyId)), membershipId);
    const images = actor ? await this.shownTo(actor) : new Map<string, ReferralImage>();
    await this.unitOfWork.runAsSystem(agencyId, { name: 'beginWebhooks', isHousekeeping: true }, (tx) => {
      this.store.remember(tx, id, this.messages.codes(id, images));
      this.store.begin(tx, id);
      return Promise.resolve({ id });
    });
  }

  private async shownTo(actor: Actor): Promise<ReadonlyMap<string, ReferralImage>> {
    try {
      return await this.referrals.imagesOf(this.unitOfWork.reader(actor));
    } catch (error) {
      // Put out meanwhile: the first delivery finds it out and says so.
      if (error instanceof SignedOut) return new Map();
      throw error;
    }
  }

  /** One of the actor’s own agency, locked, when its step may be taken. Only Handrail writes there. */
  private onOwn(
    actor: Actor,
    id: string,
    { step, ...command }: Command & { readonly step: string },
    work: (tx: SystemTx, endpoint: WebhookEndpointRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [seen] = await this.store.byIds(tx, [id]);
      if (!seen) return notFound('webhook endpoint');
      if (!mayDo(actor, 'WebhookEndpoint', step, seen)) return notYours();
      const system = tx.asSystem();
      const endpoint = await this.store.lock(system, id);
      if (!endpoint || endpoint.state === 'DELETED') return notFound('webhook endpoint');
      return (await work(system, endpoint)) ?? { id };
    });
  }

  private addressFault(address: string): Refusal | null {
    // Whoever parses it would leave these out: what is kept would not be what is called.
    if (/[\s\p{Cc}]/u.test(address)) {
      return invalid('input.url', 'The address holds spaces or line breaks.', 'Send it without them.');
    }
    const url = URL.canParse(address) ? new URL(address) : null;
    if (!url || !this.outbound.isListed(url)) {
      return invalid(
        'input.url',
        'Handrail may not call this address.',
        'Send an https address whose host the operator has listed in OUTBOUND_HOSTS.',
      );
    }
    if (url.search || url.hash) {
      return invalid(
        'input.url',
        'The address has no query and no fragment: what stands there is not kept secret.',
        'Send scheme, host and path only.',
      );
    }
    // As it is called it may be longer than what was typed.
    return url.href.length <= LONGEST_ADDRESS
      ? null
      : invalid(
          'input.url',
          `As it is called, the address is longer than ${LONGEST_ADDRESS} characters.`,
          'Send a shorter path, or one without letters that have to be escaped.',
        );
  }

  private async systemFault(tx: Tx, { serviceAccountId, kinds }: CreateWebhookEndpointInput): Promise<Refusal | null> {
    const system = await this.systems.actor(tx, serviceAccountId);
    if (!system) return noSuchSystem();
    const beyond = kinds.findIndex((kind) => !mayCall(system, webhookKinds[kind].resource, 'read'));
    if (beyond < 0) return null;
    const { resource } = webhookKinds[kinds[beyond] ?? 'REFERRAL_CHANGED'];
    return invalid(
      `input.kinds[${beyond}]`,
      'The partner system may not read this kind of record.',
      `Choose one whose role and scopes include ${resource}:read.`,
    );
  }

  private async numberFault(tx: Tx): Promise<Refusal | null> {
    if ((await this.store.count(tx)) < MOST_ENDPOINTS) return null;
    return invalid(
      'input',
      `An agency has up to ${MOST_ENDPOINTS} endpoints.`,
      'Delete one that is not used any more.',
    );
  }
}

const PAST = { pause: 'paused', resume: 'resumed', delete: 'deleted' } as const;

const subject = (subjectId: string) => ({ subjectType: 'WebhookEndpoint', subjectId });

const noSuchSystem = (): Refusal => {
  const { code, message, details } = notFound('active partner system of your agency');
  return new Refusal(code, message, { ...details, field: 'input.serviceAccountId' });
};

const systemIsOut = (): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', 'The partner system was put out: nothing can be read for it.', {
    remedy: 'Make an endpoint for a partner system that is active.',
  });
