import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../../platform/graphql';
import { WaitlistEntriesStore, type WaitlistEntryRow } from './waitlist-entries.store';
import type { InterimServiceEntity, PlaceConsiderationEntity, WaitlistContactEntity } from './waitlist-entry.entity';

const byEntry = <Row extends { readonly entryId: string }>(ids: readonly string[], rows: readonly Row[]): Row[][] =>
  ids.map((id) => rows.filter(({ entryId }) => entryId === id));

@Injectable()
export class WaitlistLoaders {
  constructor(private readonly entries: WaitlistEntriesStore) {}

  readonly byId = defineLoader<string, WaitlistEntryRow>(async (reader, ids) =>
    inOrderOf(ids, await this.entries.byIds(reader, ids), ({ id }) => id),
  );

  /** By the id of the referral, which has one entry. */
  readonly ofReferral = defineLoader<string, WaitlistEntryRow>(async (reader, ids) =>
    inOrderOf(ids, await this.entries.byReferrals(reader, ids), ({ referralId }) => referralId),
  );

  readonly interimOf = defineLoader<string, InterimServiceEntity[]>(async (reader, ids) =>
    byEntry(ids, await this.entries.interimOf(reader, ids)),
  );

  readonly contactsOf = defineLoader<string, WaitlistContactEntity[]>(async (reader, ids) =>
    byEntry(ids, await this.entries.contactsOf(reader, ids)),
  );

  readonly considerationsOf = defineLoader<string, PlaceConsiderationEntity[]>(async (reader, ids) =>
    byEntry(ids, await this.entries.considerationsOf(reader, ids)),
  );
}
