import { mayDo, type Actor, type Facts } from '../access';
import { Refusal } from '../kernel/refusal';

/** The access table’s word on a command for a record that the actor may see; null is yes. */
export const refusedTo = (
  actor: Actor,
  resource: 'Referral' | 'Offer' | 'WaitlistEntry',
  command: string,
  facts: Facts,
): Refusal<'FORBIDDEN'> | null =>
  mayDo(actor, resource, command, facts)
    ? null
    : new Refusal(
        'FORBIDDEN',
        `Your role or your agency’s part in this ${resource.toLowerCase()} does not allow ${command}.`,
        {
          command,
          remedy: 'Ask for allowedActions to see what you can do.',
        },
      );
