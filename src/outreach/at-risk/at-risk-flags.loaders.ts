import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../../platform/graphql';
import { AtRiskFlagsStore, type AtRiskFlagRow } from './at-risk-flags.store';

@Injectable()
export class AtRiskFlagsLoaders {
  constructor(private readonly store: AtRiskFlagsStore) {}

  readonly flag = defineLoader<string, AtRiskFlagRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );
}
