import { createHash } from 'node:crypto';

declare const row: unique symbol;

/** One SQL text with its row type. Named by its own hash, so PostgreSQL plans it once per connection. */
export interface Statement<Row> {
  readonly name: string;
  readonly text: string;
  readonly [row]?: Row;
}

/** Define statements once, at module level. Values travel as parameters only; never build the text from input. */
export const sql = <Row = never>(text: string): Statement<Row> => ({
  name: `h_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`,
  text,
});
