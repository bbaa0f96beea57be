import { Injectable } from '@nestjs/common';
import { mayDo, type Actor, type Facts } from '../access';
import { notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import type { CreateServiceAccountInput, EndServiceAccountInput, MembersArgs } from './member.inputs';
import { MembersStore, type MemberRow } from './members.store';
import { alreadyEnded, alreadyMember, beyondOwnScopes, notYours, otherKindOfAccount, roleFault } from './refusals';
import { scopesOfRole } from './scopes';

const OWN: Facts = { relations: ['OWN_AGENCY'], consents: [] };

const scopeFault = (actor: Actor, { role, scopes }: CreateServiceAccountInput): Refusal | null => {
  const possible = scopesOfRole(role);
  const unknown = scopes.findIndex((scope) => !possible.includes(scope));
  if (unknown >= 0) {
    return new Refusal('INVALID_INPUT', 'The role can do nothing of this name.', {
      field: `input.scopes[${unknown}]`,
      remedy: 'Choose from `details.allowed`.',
      allowed: possible,
    });
  }
  const wider = scopes.findIndex((scope) => actor.scopes !== null && !actor.scopes.includes(scope));
  return wider < 0 ? null : beyondOwnScopes(`input.scopes[${wider}]`);
};

/** Which partner systems act for an agency. */
@Injectable()
export class ServiceAccountsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: MembersStore,
  ) {}

  async page(reader: Reader, args: MembersArgs): Promise<Connection<MemberRow>> {
    return pageOf(await this.store.page(reader, 'SERVICE_ACCOUNT', args, keysetOf(args)), args);
  }

  /** The system as it would ask itself, now; null once it was put out. `reader` is of its agency, or Handrail’s own for it. */
  async actor(reader: Reader, membershipId: string): Promise<Actor | null> {
    const actor = await this.store.actor(reader, membershipId);
    return actor?.kind === 'SERVICE_ACCOUNT' ? actor : null;
  }

  create(actor: Actor, input: CreateServiceAccountInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'ServiceAccount', 'create', OWN)) return notYours();
      const fault = roleFault(actor.agencyKind, input.role) ?? scopeFault(actor, input);
      return fault ?? this.letIn(tx, input);
    });
  }

  end(actor: Actor, input: EndServiceAccountInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      await this.store.lockAgency(tx, actor.agencyId);
      const [system] = await this.store.byIds(tx, 'SERVICE_ACCOUNT', [input.serviceAccountId]);
      if (!system) return notFound('service account');
      if (!mayDo(actor, 'ServiceAccount', 'end', system)) return notYours();
      if (!system.isActive) return alreadyEnded();
      await this.store.end(tx, system.id);
      tx.audit({ action: 'service-account.ended', subjectType: 'ServiceAccount', subjectId: system.id });
      return { id: system.id };
    });
  }

  /** Decided; from here on as Handrail, because an account belongs to no agency. */
  private async letIn(tx: Tx, input: CreateServiceAccountInput): Promise<Done | Refusal> {
    const { issuer, subject, name, role, scopes } = input;
    const { agencyId } = tx.actor;
    const system = tx.asSystem();
    const signIn = { kind: 'SERVICE_ACCOUNT', issuer, subject } as const;
    await this.store.lockAgency(system, agencyId);
    if (await this.store.isOfOtherKind(system, agencyId, signIn)) return otherKindOfAccount();
    const account = await this.store.account(system, { ...signIn, displayName: name, email: null });
    const id = await this.store.add(system, {
      accountId: account.id,
      agencyId,
      role,
      scopes,
      displayName: name,
      email: null,
    });
    if (id === null) return alreadyMember();
    tx.audit({
      action: 'service-account.created',
      subjectType: 'ServiceAccount',
      subjectId: id,
      details: { role, scopes },
    });
    return { id };
  }
}
