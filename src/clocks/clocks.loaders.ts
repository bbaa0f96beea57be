import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { RoomClocksStore, type ClockSettingRow, type RoomClockRow } from './room-clocks.store';

@Injectable()
export class ClocksLoaders {
  constructor(private readonly store: RoomClocksStore) {}

  readonly room = defineLoader<string, RoomClockRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  readonly setting = defineLoader<string, ClockSettingRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.settings(reader, ids), ({ id }) => id),
  );
}
