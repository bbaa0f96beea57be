import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { ConsentsStore, type ConsentRow } from './consents.store';
import { RevocationsStore, type RevocationRow } from './revocations.store';

@Injectable()
export class ConsentsLoaders {
  constructor(
    private readonly store: ConsentsStore,
    private readonly revocations: RevocationsStore,
  ) {}

  readonly byId = defineLoader<string, ConsentRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byId(reader, ids), (row) => row.id),
  );

  /** The consents of a person that the actor’s agency recorded, or that name it. */
  readonly byPerson = defineLoader<string, ConsentRow[]>(async (reader, personIds) => {
    const rows = await this.store.byPerson(reader, personIds);
    return personIds.map((personId) => rows.filter((row) => row.personId === personId));
  });

  /** Oldest first. */
  readonly revocationsOf = defineLoader<string, RevocationRow[]>(async (reader, consentIds) => {
    const rows = await this.revocations.ofConsents(reader, consentIds);
    return consentIds.map((consentId) => rows.filter((row) => row.consentId === consentId));
  });
}
