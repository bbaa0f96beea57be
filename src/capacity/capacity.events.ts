/** News from the ledger of room. Subject: the bed pool. Payload: nothing; subscribers read again. */
export const PLACE_OPENED = 'bed-pool.place-opened';
/** The counts changed, and no place became free by it. Not at an admission: a kept place that is taken leaves as many free. */
export const PLACES_CHANGED = 'bed-pool.places-changed';
/** A provider has attested counts. Subject: the first of the pools. Once for a call, however many pools it counts. */
export const CENSUS_POSTED = 'census.posted';
