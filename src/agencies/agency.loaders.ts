import { Injectable } from '@nestjs/common';
import { defineLoader } from '../platform/graphql';
import { AgenciesStore, type AgencyRow } from './agencies.store';

/** `agencyLoaders.byId(context).load(id)`: one query a request, whoever asks how often. */
@Injectable()
export class AgencyLoaders {
  readonly byId = defineLoader<string, AgencyRow>((reader, ids) => this.store.byIds(reader, ids));

  constructor(private readonly store: AgenciesStore) {}
}
