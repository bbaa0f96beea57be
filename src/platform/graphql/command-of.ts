import type { Command } from '../database/unit-of-work';
import type { GraphqlContext } from './context';
import type { Loader } from './loaders';

interface Asked {
  /** The mutation, as clients call it. */
  readonly name: string;
  readonly input: unknown;
  readonly key: string | null;
  /** The loader of the one record it answers, read back within the command under the actor’s own rights. */
  readonly answers?: Pick<Loader<string, unknown>, 'readBack'>;
}

/** The command behind a mutation: what was asked, under which key, in which request, and what is to be answered. */
export const commandOf = ({ requestId }: GraphqlContext, { name, input, key, answers }: Asked): Command => ({
  name,
  input,
  key,
  requestId,
  readBack: answers?.readBack,
});
