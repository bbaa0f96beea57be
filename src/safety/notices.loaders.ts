import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { NoticesStore, type NoticeReceiptRow, type NoticeRow } from './notices.store';

@Injectable()
export class NoticesLoaders {
  constructor(private readonly store: NoticesStore) {}

  readonly notice = defineLoader<string, NoticeRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.byIds(reader, ids), ({ id }) => id),
  );

  readonly receipt = defineLoader<string, NoticeReceiptRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.receiptsByIds(reader, ids), ({ id }) => id),
  );
}
