import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import type { PersonLinksArgs } from './person-links.args';
import { PersonLinksStore, type PersonLinkRow } from './person-links.store';

/** Pairs of records, for those who decide about them. */
@Injectable()
export class PersonLinksService {
  constructor(private readonly store: PersonLinksStore) {}

  async page(reader: Reader, args: PersonLinksArgs): Promise<Connection<PersonLinkRow>> {
    const rows = await this.store.page(reader, args.state, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, foundAtText }) => ({ id, createdAt: foundAtText }));
  }
}
