import { Injectable } from '@nestjs/common';
import { defineLoader } from '../platform/graphql';
import { MembersStore, type MemberRow } from './members.store';

@Injectable()
export class MemberLoaders {
  readonly staffMember = defineLoader<string, MemberRow>((reader, ids) => this.store.byIds(reader, 'STAFF', ids));
  readonly serviceAccount = defineLoader<string, MemberRow>((reader, ids) =>
    this.store.byIds(reader, 'SERVICE_ACCOUNT', ids),
  );

  constructor(private readonly store: MembersStore) {}
}
