import { Injectable } from '@nestjs/common';
import { defineLoader } from '../platform/graphql';
import { NudgeAddressesStore, type NudgeSettingRow } from './nudge-addresses.store';

@Injectable()
export class NudgesLoaders {
  constructor(private readonly store: NudgeAddressesStore) {}

  /** The asker’s own, by their account; of nobody else. */
  readonly settings = defineLoader<string, NudgeSettingRow>(async (reader, ids) => {
    const { agencyId, id: accountId } = reader.actor;
    const own = await this.store.setting(reader, { agencyId, accountId });
    return ids.map((id) => (id === accountId ? own : null));
  });
}
