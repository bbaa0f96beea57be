const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Every record's id is a UUID in its canonical text form. */
export const isUuid = (value: string): boolean => UUID.test(value);
