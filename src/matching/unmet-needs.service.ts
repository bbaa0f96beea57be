import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { UnmetNeedsStore, type UnmetNeedRow } from './unmet-needs.store';

/** Where the own agency’s people found nobody. */
@Injectable()
export class UnmetNeedsService {
  constructor(private readonly store: UnmetNeedsStore) {}

  /** Newest first. */
  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<UnmetNeedRow>> {
    const rows = await this.store.ofAgency(reader, args.first, keysetOf(args));
    return pageOf(rows, args, ({ id, atText }) => ({ id, createdAt: atText }));
  }
}
