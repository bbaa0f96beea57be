/** What the asking agency is to a row of a provider: its own, or no relation. No consent plays a part in the directory. */
export const relationColumns = (alias: string): string =>
  `array_remove(array[case when ${alias}.agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations,
   '{}'::text[] as consents`;

/** A moment as RFC 3339 text that keeps its microseconds, for cursors. */
export const momentText = (expression: string): string =>
  `to_char(${expression} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
