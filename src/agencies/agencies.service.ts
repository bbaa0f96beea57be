import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor, type Facts, type Role } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { pageOf, keysetOf, type Connection } from '../platform/graphql';
import { AGENCY_CREATED, AGENCY_UPDATED } from './agency.events';
import type { AgenciesArgs, CreateAgencyInput, UpdateAgencyInput } from './agency.inputs';
import { AgenciesStore, type AgencyFacts, type AgencyRow, type Nameplate, type Near } from './agencies.store';
import { counties, isState } from './counties';
import { notYours } from './refusals';

const CHANGEABLE = ['name', 'phone', 'jurisdictions', 'coordinatingAgencyId', 'isActive', 'isEmptied'] as const;
/** Null empties these; elsewhere null means the same as nothing. */
const EMPTIABLE: readonly string[] = ['phone', 'coordinatingAgencyId'];

const countyFault = (codes: readonly string[]): Refusal | null => {
  const at = codes.findIndex((fips) => !counties().isCounty(fips));
  if (at < 0) return null;
  return invalid(`input.jurisdictions[${at}]`, 'No county has this code.', 'Look the code up with `counties(state)`.');
};

const newAgencyFault = ({ kind, state, jurisdictions }: CreateAgencyInput): Refusal | null => {
  if (kind === 'PLATFORM') {
    return invalid('input.kind', 'An installation has one operator, and it exists.', 'Choose another kind.');
  }
  if (!isState(state)) return invalid('input.state', 'No state or territory has this code.', 'Send for example OH.');
  return countyFault(jurisdictions);
};

const changesOf = (input: UpdateAgencyInput): string[] =>
  CHANGEABLE.filter((name) => (EMPTIABLE.includes(name) ? input[name] !== undefined : input[name] != null));

const activityFault = (actor: Actor, input: UpdateAgencyInput, agency: AgencyFacts & Facts): Refusal | null => {
  const field = (['isActive', 'isEmptied'] as const).find((name) => input[name] != null);
  if (field === undefined) return null;
  if (!mayDo(actor, 'Agency', 'activate', agency)) {
    return new Refusal('FORBIDDEN', 'Only the operator opens, closes and empties agencies.', {
      field: `input.${field}`,
    });
  }
  if (input.isEmptied === true && (input.isActive ?? agency.isActive)) {
    return invalid(
      'input.isEmptied',
      'Who is with an agency that is open is for its own people to say.',
      'Close it first, or in the same call.',
    );
  }
  if (agency.kind !== 'PLATFORM' || input.isActive !== false) return null;
  return new Refusal('ILLEGAL_TRANSITION', 'The operator’s own agency stays active.', { field: 'input.isActive' });
};

/** One method a command; agencies are open to everyone signed in, writing them is not. */
@Injectable()
export class AgenciesService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AgenciesStore,
  ) {}

  /** What other rooms decide by; null when there is no such agency. */
  agencyFacts(reader: Reader, agencyId: string): Promise<AgencyFacts | null> {
    return this.store.facts(reader, agencyId);
  }

  /** Whether what is given to this agency is in the hands of a coordinator. `reader` must be the system’s. */
  hasCoordinator(reader: Reader, agencyId: string): Promise<boolean> {
    return this.store.hasCoordinator(reader, agencyId);
  }

  /** Whether an agency is open and somebody there can record that a person came. `reader` must be the system’s. */
  receives(reader: Reader, agencyId: string): Promise<boolean> {
    return this.store.receives(reader, agencyId);
  }

  /** Whether one of an agency’s people has one of these roles now. `reader` must be the system’s. */
  hasMember(reader: Reader, agencyId: string, roles: readonly Role[]): Promise<boolean> {
    return this.store.hasMember(reader, agencyId, roles);
  }

  /** An active outreach team with a coordinator near somebody, or null. `reader` must be the system’s. */
  teamNear(reader: Reader, near: Near): Promise<string | null> {
    return this.store.teamNear(reader, near);
  }

  /** How the actor signs: their own name and their agency’s. */
  nameplate(reader: Reader): Promise<Nameplate> {
    return this.store.nameplate(reader);
  }

  async page(reader: Reader, args: AgenciesArgs): Promise<Connection<AgencyRow>> {
    return pageOf(await this.store.page(reader, args, keysetOf(args), args.first + 1), args);
  }

  create(actor: Actor, input: CreateAgencyInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'Agency', 'create', NO_FACTS)) return notYours();
      const fault = newAgencyFault(input);
      if (fault) return fault;
      const id = await this.store.add(tx.asSystem(), input);
      tx.audit({ action: AGENCY_CREATED, subjectType: 'Agency', subjectId: id, details: { kind: input.kind } });
      tx.emit({ name: AGENCY_CREATED, subjectType: 'Agency', subjectId: id });
      return { id };
    });
  }

  update(actor: Actor, input: UpdateAgencyInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const agency = await this.agencyToChange(tx, input.id);
      if (isRefusal(agency)) return agency;
      const changed = changesOf(input);
      if (changed.length === 0) return invalid('input', 'Nothing is to change.', 'Name at least one change.');
      const fault =
        activityFault(actor, input, agency) ??
        countyFault(input.jurisdictions ?? []) ??
        (await this.coordinationFault(tx, input));
      if (fault) return fault;
      await this.store.change(agency.id === actor.agencyId ? tx : tx.asSystem(), input);
      tx.audit({ action: AGENCY_UPDATED, subjectType: 'Agency', subjectId: agency.id, details: { changed } });
      tx.emit({ name: AGENCY_UPDATED, subjectType: 'Agency', subjectId: agency.id });
      return { id: agency.id };
    });
  }

  private async agencyToChange(tx: Tx, id: string): Promise<(AgencyFacts & Facts) | Refusal> {
    const agency = await this.store.facts(tx, id);
    if (agency && mayDo(tx.actor, 'Agency', 'update', agency)) return agency;
    return id === tx.actor.agencyId ? notYours() : notFound('agency');
  }

  private async coordinationFault(reader: Reader, input: UpdateAgencyInput): Promise<Refusal | null> {
    if (input.coordinatingAgencyId == null) return null;
    const team = await this.store.facts(reader, input.coordinatingAgencyId);
    if (team?.kind === 'OUTREACH_TEAM' && team.isActive && team.id !== input.id) return null;
    return invalid(
      'input.coordinatingAgencyId',
      'Only another, active outreach team can coordinate.',
      'Look for one with `agencies(kind: OUTREACH_TEAM)`.',
    );
  }
}
