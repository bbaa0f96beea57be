/** News from the ledger of room. Subject: the bed pool. Payload: nothing; subscribers read again. */
export const PLACE_OPENED = 'bed-pool.place-opened';
/** The counts changed, and no place became free by it. */
export const PLACES_CHANGED = 'bed-pool.places-changed';
