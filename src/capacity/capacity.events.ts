/** News from the ledger of room. Subject: the bed pool. Payload: nothing; subscribers read again. */
export const PLACE_OPENED = 'bed-pool.place-opened';
