import type { Command } from '../database/unit-of-work';
import type { GraphqlContext } from './context';

/** The command behind a mutation: its name as clients call it, what they asked, their key, and the request it came in. */
export const commandOf = (name: string, input: unknown, key: string | null, context: GraphqlContext): Command => ({
  name,
  input,
  key,
  requestId: context.requestId,
});
