import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import { PeopleStore, type EpisodeRow, type PersonRow } from './people.store';

@Injectable()
export class PeopleLoaders {
  constructor(private readonly store: PeopleStore) {}

  readonly person = defineLoader<string, PersonRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.personsById(reader, ids), (row) => row.id),
  );

  readonly episode = defineLoader<string, EpisodeRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.episodesById(reader, ids), (row) => row.id),
  );
}
