import { Injectable } from '@nestjs/common';
import { defineLoader, inOrderOf } from '../platform/graphql';
import type { PersonLinkDecisionEntity } from './person-link.entity';
import { PersonLinksStore, type PersonLinkRow } from './person-links.store';
import { PeopleStore, type EpisodeRow, type PersonRow } from './people.store';

@Injectable()
export class PeopleLoaders {
  constructor(
    private readonly store: PeopleStore,
    private readonly links: PersonLinksStore,
  ) {}

  readonly person = defineLoader<string, PersonRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.personsById(reader, ids), (row) => row.id),
  );

  readonly link = defineLoader<string, PersonLinkRow>(async (reader, ids) =>
    inOrderOf(ids, await this.links.byIds(reader, ids), (row) => row.id),
  );

  /** What was decided of a pair, the first first. */
  readonly decisions = defineLoader<string, readonly PersonLinkDecisionEntity[]>(async (reader, linkIds) => {
    const rows = await this.links.decisionsOf(reader, linkIds);
    return linkIds.map((linkId) => rows.filter((row) => row.linkId === linkId));
  });

  /** The pairs that a person’s record is part of, as far as the agency knows both. */
  readonly linksOf = defineLoader<string, readonly PersonLinkRow[]>(async (reader, personIds) => {
    const rows = await this.links.ofPersons(reader, personIds);
    return personIds.map((personId) => rows.filter((row) => row.personId === personId));
  });

  readonly episode = defineLoader<string, EpisodeRow>(async (reader, ids) =>
    inOrderOf(ids, await this.store.episodesById(reader, ids), (row) => row.id),
  );
}
