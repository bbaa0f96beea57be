import { Logger } from '@nestjs/common';
import type { Actor } from '../../access';
import { brokenCommits } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { Unavailable } from './failures';
import type { Session } from './session';

const log = new Logger('BrokenCommit');

/** What is kept apart from people’s records is in no log and no metric by its name. */
const nameOf = (operation: string, { annexOf }: Actor): string => (annexOf === undefined ? operation : 'apart');

/**
 * COMMIT was answered with ROLLBACK: a statement of which nobody waited for the answer, or whose failure was given up, broke the
 * transaction. Nothing happened, and the same may be asked again; where the statement fails each time it never succeeds, and who
 * looks after Handrail finds that here and nowhere else.
 */
export const brokenCommit = (session: Session, actor: Actor, operation: string): Unavailable => {
  const name = nameOf(operation, actor);
  brokenCommits.inc({ operation: name });
  const msg = 'COMMIT was answered with ROLLBACK; whoever asked is told to ask again';
  log.warn({ operation: name, fault: describeFault(session.brokenBy), msg });
  return new Unavailable('the transaction was rolled back at its end');
};
