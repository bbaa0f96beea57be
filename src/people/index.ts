export { Episode } from './episode.type';
export { identityOf, identityProblem } from './identity';
export { PeopleLoaders } from './people.loaders';
export { PeopleModule } from './people.module';
export { PeopleService } from './people.service';
export type { EmergencyLookup, EpisodeRow, Identity, PersonRow } from './people.store';
export { PersonInput } from './person.input';
export { Person } from './person.type';
