import { Injectable } from '@nestjs/common';
import { mayCall, mayDo, type Actor, type Facts } from '../../access';
import { ServiceAccountsService } from '../../agencies';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import { keyCode } from '../../platform/database/idempotency';
import type { Reader } from '../../platform/database/reader';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { shownSecret, type WithSecret } from '../webhooks/shown-secret';
import { newSecret, type NewSecret } from '../webhooks/webhook-secrets';
import { inboundKinds } from './inbound-kinds';
import type { CreateInboundWebhookInput } from './inbound-webhook.type';
import { InboundWebhooksStore, type InboundWebhookRow } from './inbound-webhooks.store';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };
const MOST = 20;

const notYours = (): Refusal<'FORBIDDEN'> =>
  new Refusal('FORBIDDEN', 'Only an admin of the agency manages its webhooks.', {
    remedy: 'Ask an admin of your agency.',
  });
const subject = (subjectId: string) => ({ subjectType: 'InboundWebhook', subjectId });

/** Where partner systems push to: what their agency’s admin decides. */
@Injectable()
export class InboundWebhooksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: InboundWebhooksStore,
    private readonly systems: ServiceAccountsService,
  ) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<InboundWebhookRow>> {
    return pageOf(await this.store.page(reader, args.first, keysetOf(args)), args);
  }

  async create(actor: Actor, input: CreateInboundWebhookInput, command: Command): Promise<WithSecret | Refusal> {
    const secret = newSecret(keyCode(actor, command));
    const done = await this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'InboundWebhook', 'create', OWN)) return notYours();
      const fault = await this.faultIn(tx, input);
      if (fault) return fault;
      const { serviceAccountId: membershipId, kind } = input;
      const id = this.store.insert(tx.asSystem(), membershipId, kind, secret);
      tx.audit({ action: 'inbound-webhook.created', ...subject(id), details: { membershipId, kind } });
      return { id };
    });
    return isRefusal(done) ? done : this.shown(actor, command, done.id, secret);
  }

  async rotateSecret(actor: Actor, id: string, command: Command): Promise<WithSecret | Refusal> {
    const secret = newSecret(keyCode(actor, command));
    const done = await this.onOwn(actor, id, { ...command, step: 'rotateSecret' }, async (tx) => {
      await this.store.rotate(tx, id, secret);
      tx.audit({ action: 'inbound-webhook.secret-rotated', ...subject(id) });
    });
    return isRefusal(done) ? done : this.shown(actor, command, done.id, secret);
  }

  private shown(actor: Actor, command: Command, id: string, secret: NewSecret): Promise<WithSecret> {
    return shownSecret(this.unitOfWork, this.store, { actor, command, subject: subject(id), secret });
  }

  delete(actor: Actor, id: string, command: Command): Promise<Done | Refusal> {
    return this.onOwn(actor, id, { ...command, step: 'delete' }, (tx) => {
      this.store.close(tx, id);
      tx.audit({ action: 'inbound-webhook.deleted', ...subject(id) });
    });
  }

  private onOwn(
    actor: Actor,
    id: string,
    { step, ...command }: Command & { readonly step: string },
    work: (tx: SystemTx) => Promise<void> | void,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [seen] = await this.store.byIds(tx, [id]);
      if (!seen) return notFound('inbound webhook');
      if (!mayDo(actor, 'InboundWebhook', step, seen)) return notYours();
      const system = tx.asSystem();
      if (!(await this.store.lock(system, id))?.isOpen) return notFound('inbound webhook');
      await work(system);
      return { id };
    });
  }

  private async faultIn(tx: Tx, { serviceAccountId, kind }: CreateInboundWebhookInput): Promise<Refusal | null> {
    const system = await this.systems.actor(tx, serviceAccountId);
    if (!system) {
      const { code, message, details } = notFound('active partner system of your agency');
      return new Refusal(code, message, { ...details, field: 'input.serviceAccountId' });
    }
    const { resource, command } = inboundKinds[kind];
    if (!mayCall(system, resource, command)) {
      const remedy = `Choose one whose role and scopes include ${resource}:${command}.`;
      return invalid('input.kind', 'The partner system may not do this.', remedy);
    }
    if ((await this.store.count(tx)) < MOST) return null;
    return invalid('input', `An agency has up to ${MOST} of them.`, 'Delete one that is not used any more.');
  }
}
