import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { NudgeAddressesStore, type NudgeReachRow } from './nudge-addresses.store';
import type { NudgeMessagesArgs } from './nudge.inputs';
import { NudgeMessagesStore, type NudgeMessageRow } from './nudge-messages.store';
import { NudgesStore, type NudgeRow } from './nudges.store';

/** What was told to the asker, and for an admin whether it arrived. */
@Injectable()
export class NudgeListsService {
  constructor(
    private readonly nudges: NudgesStore,
    private readonly messages: NudgeMessagesStore,
    private readonly addresses: NudgeAddressesStore,
  ) {}

  reach(reader: Reader): Promise<NudgeReachRow[]> {
    return this.addresses.reach(reader);
  }

  async own(reader: Reader, args: ConnectionArgs): Promise<Connection<NudgeRow>> {
    const { agencyId, id: accountId } = reader.actor;
    return pageOf(await this.nudges.page(reader, { agencyId, accountId }, args.first, keysetOf(args)), args);
  }

  async ofAgency(reader: Reader, args: NudgeMessagesArgs): Promise<Connection<NudgeMessageRow>> {
    return pageOf(await this.messages.page(reader, args.states ?? null, args.first, keysetOf(args)), args);
  }
}
