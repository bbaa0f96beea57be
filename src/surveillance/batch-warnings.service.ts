import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { counties } from '../agencies';
import { addMinutes } from '../kernel/clock';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { AlertsStore } from './alerts.store';
import type { BatchWarningsArgs, IssueBatchWarningInput, WithdrawBatchWarningInput } from './batch-warning.type';
import { BatchWarningsStore, type BatchWarningRow, type NewBatchWarning } from './batch-warnings.store';
import { alertedKinds } from './engine/action-list';
import { BATCH_WARNING_ISSUED, BATCH_WARNING_WITHDRAWN } from './surveillance.events';
import { withNeighbours } from './with-neighbours';

const DAY_MINUTES = 1440;
const DEFAULT_DAYS = 14;
const DAYS_LIMIT = 90;

/** Warnings of potent batches, from laboratories and from the field. */
@Injectable()
export class BatchWarningsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BatchWarningsStore,
    private readonly alerts: AlertsStore,
  ) {}

  async page(reader: Reader, args: BatchWarningsArgs): Promise<Connection<BatchWarningRow>> {
    const rows = await this.store.page(reader, args.first, keysetOf(args), args.isInForce);
    return pageOf(rows, args, ({ id, issuedAtText }) => ({ id, createdAt: issuedAtText }));
  }

  issue(actor: Actor, input: IssueBatchWarningInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'BatchWarning', 'issue', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Your role issues no warnings.', { remedy: 'Ask the public-health agency.' });
      }
      const wrong = inputProblem(tx, input) ?? outOfReach(input, await this.alerts.countiesOf(tx, actor.agencyId));
      if (wrong) return wrong;
      if (input.basis === 'LABORATORY' && actor.agencyKind !== 'PUBLIC_HEALTH') return notFromLaboratory;
      const { countyFips, basis, contents, soldAs = null, form = null } = input;
      const expiresAt = input.expiresAt ?? addMinutes(tx.asOf, DEFAULT_DAYS * DAY_MINUTES);
      const warning = { countyFips, basis, contents, soldAs, form, expiresAt };
      return Promise.resolve({ id: this.tell(tx.asSystem(), actor.agencyId, warning) });
    });
  }

  withdraw(actor: Actor, { warningId }: WithdrawBatchWarningInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [warning] = await this.store.byIds(tx, [warningId]);
      if (!warning || !mayDo(actor, 'BatchWarning', 'withdraw', warning)) return notFound('warning');
      if (!(await this.store.withdraw(tx.asSystem(), warning.id))) {
        return new Refusal('ILLEGAL_TRANSITION', 'It was withdrawn before.', { allowed: [], remedy: 'Read it again.' });
      }
      tx.audit({ action: BATCH_WARNING_WITHDRAWN, subjectType: 'BatchWarning', subjectId: warning.id });
      tx.emit({ name: BATCH_WARNING_WITHDRAWN, subjectType: 'BatchWarning', subjectId: warning.id });
      return { id: warning.id };
    });
  }

  /** Writes a warning and tells the agencies at work in its counties, and next to them. */
  private tell(tx: SystemTx, agencyId: string, warning: NewBatchWarning): string {
    const id = this.store.issue(tx, agencyId, warning);
    const issued = { id, agencyId, issuedAt: tx.asOf };
    this.store.tell(tx, issued, withNeighbours(warning.countyFips), alertedKinds);
    const details = { basis: warning.basis, countyFips: warning.countyFips, contents: warning.contents };
    tx.audit({ action: BATCH_WARNING_ISSUED, subjectType: 'BatchWarning', subjectId: id, details });
    tx.emit({ name: BATCH_WARNING_ISSUED, subjectType: 'BatchWarning', subjectId: id });
    return id;
  }
}

/** Results of a department’s own bags warn by themselves; what is sent by hand is a health department’s word. */
const notFromLaboratory = new Refusal('FORBIDDEN', 'Your agency speaks for no laboratory.', {
  field: 'input.basis',
  remedy: 'Send FIELD, or ask the public-health department. A result of a bag in custody warns by itself.',
});

/** A warning reaches every agency of its counties: nobody warns where they do not work, or next to it. */
const outOfReach = ({ countyFips }: IssueBatchWarningInput, own: readonly string[]): Refusal | null => {
  const reach = new Set(withNeighbours(own));
  const at = countyFips.findIndex((fips) => !reach.has(fips));
  if (at < 0) return null;
  const remedy =
    'Name counties in which your agency works, or next to one; ask the public-health department of the others.';
  return invalid(`input.countyFips[${at}]`, 'Your agency works neither in this county nor next to it.', remedy);
};

const inputProblem = ({ asOf }: Tx, { countyFips, contents, expiresAt }: IssueBatchWarningInput): Refusal | null => {
  const at = countyFips.findIndex((fips) => !counties().isCounty(fips));
  if (at >= 0) {
    return invalid(`input.countyFips[${at}]`, 'No county has this code.', 'Look the code up with `counties(state)`.');
  }
  if (contents.length > 1 && contents.includes('NOT_KNOWN')) {
    return invalid('input.contents', 'What is known is not unknown.', 'Leave NOT_KNOWN out, or send it alone.');
  }
  if (expiresAt && (expiresAt <= asOf || expiresAt > addMinutes(asOf, DAYS_LIMIT * DAY_MINUTES))) {
    return invalid('input.expiresAt', 'A warning ends within 90 days.', 'Send a time to come, or leave it out.');
  }
  return null;
};
