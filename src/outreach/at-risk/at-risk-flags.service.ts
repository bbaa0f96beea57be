import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../../access';
import { counties } from '../../agencies';
import { addMinutes } from '../../kernel/clock';
import { invalid, isRefusal, notFound, Refusal } from '../../kernel/refusal';
import type { NeedInput } from '../../matching';
import { identityOf, identityProblem, PeopleService, PersonLinkingService } from '../../people';
import type { Reader } from '../../platform/database/reader';
import type { Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../../platform/graphql';
import { ReferralIntakeService } from '../../referrals';
import { RosterService } from '../roster/roster.service';
import type { FlagAtRiskInput } from './at-risk-flag.type';
import { AtRiskFlagsStore, type AtRiskFlagRow } from './at-risk-flags.store';

type Opened = { readonly caseId: string; readonly teamAgencyId: string | null } | null;
interface Patient {
  readonly personId: string;
  readonly episodeId: string;
  readonly isNew: boolean;
}

/** Hospital staff say who is at risk; what that opens is opened with it, or nothing is. */
@Injectable()
export class AtRiskFlagsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AtRiskFlagsStore,
    private readonly people: PeopleService,
    private readonly linking: PersonLinkingService,
    private readonly intake: ReferralIntakeService,
    private readonly roster: RosterService,
  ) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<AtRiskFlagRow>> {
    const rows = await this.store.page(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, flaggedAt }) => ({ id, createdAt: flaggedAt.toISOString() }));
  }

  flag(actor: Actor, input: FlagAtRiskInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'AtRiskFlag', 'flag', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Hospital staff flag patients at risk.');
      }
      const fault = consentFault(input) ?? timeFault(input, tx.asOf) ?? outreachFault(input) ?? referralFault(input);
      if (fault) return fault;
      const patient = await this.patientOf(tx, input);
      if (isRefusal(patient)) return patient;
      const referral = await this.refer(tx, input, patient);
      if (isRefusal(referral)) return referral;
      const opened = await this.open(tx, input, patient);
      const id = await this.keep(tx, input, { ...patient, referralId: referral?.id ?? null, opened });
      const details = { opens: input.opens.join(' ') };
      tx.audit({ action: 'at-risk.flagged', subjectType: 'AtRiskFlag', subjectId: id, details });
      return { id };
    });
  }

  /** The patient took back that the hospital learns whether they were reached: of every flag it has of them. */
  withdrawTellBack(actor: Actor, flagId: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [flag] = await this.store.byIds(tx, [flagId]);
      if (!flag) return notFound('flag');
      if (!mayDo(actor, 'AtRiskFlag', 'withdrawTellBack', flag)) {
        return new Refusal('FORBIDDEN', 'Hospital staff record what their patients take back.');
      }
      if (!(await this.store.endTelling(tx.asSystem(), flag.personId))) return nothingTold();
      tx.audit({ action: 'at-risk.tell-back-withdrawn', subjectType: 'AtRiskFlag', subjectId: flagId });
      return { id: flagId };
    });
  }

  private async patientOf(tx: Tx, { person, episodeId }: FlagAtRiskInput): Promise<Patient | Refusal> {
    if ((person == null) === (episodeId == null)) {
      return invalid('input.person', 'A flag is of one patient.', 'Send person or episodeId.');
    }
    if (episodeId) {
      const known = await this.people.resumeEpisode(tx, episodeId);
      return known ? { personId: known.id, episodeId, isNew: false } : notFound('episode');
    }
    const problem = identityProblem(person, tx.asOf, 'input.person');
    if (problem) return problem;
    const personId = this.people.takeIn(tx, identityOf(person, 'en'));
    return { personId, episodeId: this.people.openEpisode(tx, personId, 'HOSPITAL_REFERRAL'), isNew: true };
  }

  private async refer(tx: Tx, input: FlagAtRiskInput, { episodeId }: Patient) {
    const { opens, need, consents } = input;
    if (!opens.includes('REFERRAL') || !need) return null;
    const told = { ...need, ...toldByFlag(input, need) };
    return this.intake.take(tx, { pathway: 'HOSPITAL_REFERRAL', episodeId, need: told, consents });
  }

  private async open(tx: Tx, input: FlagAtRiskInput, { personId, isNew }: Patient): Promise<Opened> {
    const system = tx.asSystem();
    if (isNew) await this.linking.place(system.inTrailOf(null), personId);
    if (!input.opens.includes('OUTREACH')) return null;
    const { countyFips, address = null, dischargeAt = null, reasons } = input;
    const { agencyId } = tx.actor;
    const flagged = { agencyId, personId, countyFips: countyFips ?? '', address, dischargeAt, reasons };
    return this.roster.openFlagged(system.inTrailOf(null), flagged);
  }

  private async keep(tx: Tx, input: FlagAtRiskInput, { personId, episodeId, referralId, opened }: Kept) {
    // Left out it was not asked, and what they signed before holds.
    if (input.mayTellBack === false) await this.store.endTelling(tx.asSystem(), personId);
    const { reasons, consentState, medicationStarted = null, dischargeAt = null } = input;
    return this.store.insert(tx.asSystem(), {
      ...{ personId, episodeId, reasons, consentState, medicationStarted, dischargeAt, referralId },
      wantsContact: input.wantsContact,
      mayTellBack: input.mayTellBack ?? false,
      caseId: opened?.caseId ?? null,
      teamAgencyId: opened?.teamAgencyId ?? null,
    });
  }
}

const nothingTold = (): Refusal<'ILLEGAL_TRANSITION'> =>
  new Refusal('ILLEGAL_TRANSITION', 'Your hospital is told nothing of this patient.', {
    field: 'flagId',
    remedy: 'There is nothing to take back.',
  });

/** What the flag says of the need: nobody goes to a program without the medication they were just started on. */
const toldByFlag = ({ medicationStarted, reasons }: FlagAtRiskInput, need: NeedInput): Partial<NeedInput> => ({
  ...(medicationStarted && {
    currentMedications: [...new Set([...(need.currentMedications ?? []), medicationStarted])],
  }),
  ...(reasons.includes('PREGNANT') && { pregnant: true }),
});

interface Kept {
  readonly personId: string;
  readonly episodeId: string;
  readonly referralId: string | null;
  readonly opened: Opened;
}

const consentFault = ({ consentState, mayTellBack }: FlagAtRiskInput): Refusal | null => {
  if (consentState === 'REFUSED') {
    return invalid('input.consentState', 'The patient refused: nobody is told.', 'Flag them when they agree.');
  }
  return mayTellBack && consentState !== 'WRITTEN'
    ? invalid('input.mayTellBack', 'What comes back needs the patient’s agreement in writing.', 'Leave it out.')
    : null;
};

const DAY_MINUTES = 24 * 60;
const LATEST_DAYS = 90;

/** A team comes within a week of the discharge: one of long ago opens nothing that somebody could still do. */
const timeFault = ({ dischargeAt }: FlagAtRiskInput, now: Date): Refusal | null => {
  if (!dischargeAt) return null;
  const isKnown =
    dischargeAt > addMinutes(now, -7 * DAY_MINUTES) && dischargeAt <= addMinutes(now, LATEST_DAYS * DAY_MINUTES);
  const remedy = `Send a time of the past week or the next ${LATEST_DAYS} days, or leave it out.`;
  return isKnown ? null : invalid('input.dischargeAt', 'The clocks of outreach run from the discharge.', remedy);
};

const outreachFault = (input: FlagAtRiskInput): Refusal | null => {
  const { opens, consentState, countyFips } = input;
  if (!opens.includes('OUTREACH')) {
    const isPlace = (countyFips ?? input.address ?? null) !== null;
    return isPlace
      ? invalid('input.opens', 'A home was sent and no team is asked to come.', 'Add OUTREACH, or leave the home out.')
      : null;
  }
  if (consentState === 'NOT_ASKED' || !input.wantsContact) {
    return invalid(
      'input.opens',
      'A team comes to whoever agreed and wishes it.',
      'Ask the patient, or leave OUTREACH out.',
    );
  }
  if (countyFips && counties().isCounty(countyFips)) return null;
  return invalid(
    'input.countyFips',
    'Which team comes follows from the county.',
    'Send the county the patient lives in.',
  );
};

const referralFault = ({ opens, reasons, need, consents }: FlagAtRiskInput): Refusal | null => {
  const isReferral = opens.includes('REFERRAL');
  if (need?.pregnant === false && reasons.includes('PREGNANT')) {
    const remedy = 'Send true or leave it out, or leave PREGNANT out of the reasons.';
    return invalid('input.need.pregnant', 'The reasons say that the patient is pregnant.', remedy);
  }
  if (isReferral && !need) return invalid('input.need', 'A referral has a need.', 'Send it, or leave REFERRAL out.');
  return !isReferral && (need || consents.length > 0)
    ? invalid('input.opens', 'A need was sent and no referral is opened.', 'Add REFERRAL, or leave the need out.')
    : null;
};
