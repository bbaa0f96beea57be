import type { Actor } from '../../access';
import type { Reader } from '../../platform/database/reader';
import { systemActor } from '../../platform/database/system-actor';
import type { Command, Done, UnitOfWork } from '../../platform/database/unit-of-work';
import type { NewSecret } from './webhook-secrets';

/** What a command made, and the secret: of this call, or made under its key while none came after. */
export type WithSecret = Done & { readonly secret: string | null };

interface Shown {
  readonly actor: Actor;
  readonly command: Command;
  readonly subject: { readonly subjectType: string; readonly subjectId: string };
  readonly secret: NewSecret;
}

interface Kept {
  madeUnder(reader: Reader, id: string, keyCode: string): Promise<string | null>;
}

/**
 * Under a key what is on file decides, for this call as for those that repeat it: of calls at once, one has made it. Shown once more,
 * it is a reading in the trail.
 */
export const shownSecret = async (
  unitOfWork: UnitOfWork,
  kept: Kept,
  { actor, command, subject, secret: { text, keyCode } }: Shown,
): Promise<WithSecret> => {
  const { subjectId: id } = subject;
  if (keyCode === null) return { id, secret: text };
  const secret = await kept.madeUnder(unitOfWork.reader(systemActor(actor.agencyId)), id, keyCode);
  const { name: action, requestId } = command;
  const isAgain = secret !== null && secret !== text;
  if (isAgain) await unitOfWork.note(actor, { kind: 'READ', requestId }, [{ action, ...subject }]);
  return { id, secret };
};
