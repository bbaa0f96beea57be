import { enumOf } from '../platform/graphql';
import { venueKinds } from './meeting-words';

export const VenueKindEnum = enumOf('VenueKind', venueKinds, 'Where a support-group meeting is held.');
