/** Time that a session moves, which only the owner can allow. What the migrations make is the database’s own clock. */
export const DRIVEN_CLOCK = `create or replace function app.now() returns timestamptz language sql volatile as
  $$ select clock_timestamp() + coalesce(nullif(current_setting('app.clock_offset', true), '')::interval, interval '0') $$`;

/** What `audit:verify` says of it. */
export const DRIVEN_WALL = 'function app.now()';

/** As the migrations leave it. */
export const OWN_CLOCK = `create or replace function app.now() returns timestamptz language sql volatile as
  $$ select clock_timestamp() $$`;
