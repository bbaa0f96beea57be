import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import { identityOf, identityProblem, PeopleService, PersonLinkingService, type PersonInput } from '../people';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { EventJoiningService } from './event-joining.service';
import { OVERDOSE_REPORTED } from './overdose.events';
import { OverdoseReportsStore, type OverdoseReportRow } from './overdose-reports.store';
import { bornFault, changedBetween, factsOfReport, keptOf, type ReportFacts } from './report-facts';
import type { ReportOverdoseInput } from './report-overdose.inputs';
import { identifies } from './who-it-was';

type Whose = { readonly episodeId: string | null } & (
  { readonly personId: string | null; readonly isNew: false } | { readonly personId: string; readonly isNew: true }
);

/** Taking reports of overdoses in: one, or many of a partner system, each by itself. */
@Injectable()
export class OverdoseIntakeService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OverdoseReportsStore,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly joining: EventJoiningService,
  ) {}

  /** Kept and part of an event, or refused whole. The same key with the same facts is the same report. */
  report(actor: Actor, input: ReportOverdoseInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'OverdoseReport', 'report', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Your role does not report overdoses.');
      }
      const facts = factsOfReport(input, tx.asOf);
      if (isRefusal(facts)) return facts;
      const problem =
        identityProblem(input.person, tx.asOf, 'input.person') ??
        bornFault(input.person, facts, 'input.person.birthDate');
      if (problem) return problem;
      const clientId = input.clientId ?? null;
      const known = clientId === null ? undefined : await this.store.claim(tx, actor.agencyId, clientId);
      if (known) return this.again(tx, known, facts, input);
      const whose = await this.whose(tx, input, facts);
      if (isRefusal(whose)) return whose;
      const { personId, episodeId } = whose;
      const id = this.store.insert(tx, actor.agencyId, { ...facts, personId, episodeId, clientId, source: null });
      tx.audit({ action: OVERDOSE_REPORTED, subjectType: 'OverdoseReport', subjectId: id });
      tx.emit({ name: OVERDOSE_REPORTED, subjectType: 'OverdoseReport', subjectId: id });
      const system = tx.asSystem().inTrailOf(null);
      if (whose.isNew) await this.linking.place(system, whose.personId);
      await this.joining.rejoin(system, [id]);
      return { id };
    });
  }

  /** Each row by itself: one that is refused takes no other with it. Answers in the order of the rows. */
  async reportMany(
    actor: Actor,
    rows: readonly (ReportOverdoseInput | Refusal)[],
    command: Command,
  ): Promise<(Done | Refusal)[]> {
    const answers: (Done | Refusal)[] = [];
    for (const [at, row] of rows.entries()) answers.push(await this.reportRow(actor, row, { at, command }));
    return answers;
  }

  private async reportRow(
    actor: Actor,
    row: ReportOverdoseInput | Refusal,
    { at, command }: { readonly at: number; readonly command: Command },
  ): Promise<Done | Refusal> {
    if (isRefusal(row)) return row;
    if (!row.clientId) return withoutKey(at);
    const key = command.key ? `${command.key}#${at}` : null;
    return inRow(at, await this.report(actor, row, { ...command, key, input: row }));
  }

  /** Sent before. What it said when it first came decides: a correction since then does not make it another report. */
  private async again(
    tx: Tx,
    known: OverdoseReportRow,
    facts: ReportFacts,
    input: ReportOverdoseInput,
  ): Promise<Done | Refusal> {
    const [first] = await this.store.revisions(tx, [known.id]);
    const differing = first ? changedBetween(first, keptOf(facts)) : [];
    const isSomebodyElse = input.person
      ? !(await this.isOf(tx, known, input.person))
      : // Whoever was on file once it was corrected says nothing of whom it was first sent of.
        Boolean(input.personId) && known.revision === 1 && known.personId !== input.personId;
    if (differing.length > 0 || isSomebodyElse) {
      return new Refusal('ALREADY_EXISTS', 'Your agency has sent another report under this key.', {
        field: 'input.clientId',
        reportId: known.id,
        differing: [...differing, ...(isSomebodyElse ? ['person'] : [])],
        remedy: 'Correct that report with correctOverdoseReport, or send a new key for another overdose.',
      });
    }
    tx.audit({ action: 'overdose.reported-again', subjectType: 'OverdoseReport', subjectId: known.id });
    return { id: known.id };
  }

  private async isOf(tx: Tx, { personId }: OverdoseReportRow, given: PersonInput): Promise<boolean> {
    if (personId === null) return !identifies(given);
    const person = await this.people.find(tx, personId);
    const { givenName, familyName, birthDate, phone } = identityOf(given, '');
    if (!person) return false;
    return (
      person.givenName === givenName &&
      person.familyName === familyName &&
      person.birthDate === birthDate &&
      person.phone === phone
    );
  }

  /** The person, where anybody tells, and the path that begins with a survived overdose. */
  private async whose(
    tx: Tx,
    { person, personId, isFatal }: ReportOverdoseInput,
    facts: ReportFacts,
  ): Promise<Whose | Refusal> {
    if (person && personId) {
      return invalid('input.person', 'A person on file has their name already.', 'Send person or personId.');
    }
    if (personId) {
      const known = await this.people.find(tx, personId);
      if (!known) return notFound('person');
      const born = bornFault(known, facts, 'input.personId');
      if (born) return born;
      return {
        personId,
        isNew: false,
        episodeId: isFatal ? null : await this.people.episodeOf(tx, personId, 'NALOXONE_PLUS'),
      };
    }
    if (!identifies(person)) return { personId: null, isNew: false, episodeId: null };
    const taken = this.people.takeIn(tx, identityOf(person, 'en'));
    return {
      personId: taken,
      isNew: true,
      episodeId: isFatal ? null : this.people.openEpisode(tx, taken, 'NALOXONE_PLUS'),
    };
  }
}

/** The path of a row of many. */
export const rowPath = (at: number): string => `input.reports[${at}]`;

const withoutKey = (at: number): Refusal =>
  invalid(
    `${rowPath(at)}.clientId`,
    'A row of many needs a key of its own.',
    'Send the id that the report has in your system.',
  );

/** Names the row: `input.where` becomes `input.reports[3].where`. */
const inRow = (at: number, answer: Done | Refusal): Done | Refusal => {
  if (!isRefusal(answer) || answer.details.field === undefined) return answer;
  const field = answer.details.field.replace(/^input/, rowPath(at));
  return new Refusal(answer.code, answer.message, { ...answer.details, field });
};
