import { samplePrograms } from '../../../sample';
import type { Cast, Look } from '../cast';
import { HIDDEN, SHOWN } from '../expectation';
import { needsDetox, somebody } from '../people';
import type { Stage } from '../stage';

/** Signs of an emergency stop routing until EMS or a hospital has cleared the person. */
export const redFlagsStopRouting = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('A medic sees signs of an emergency');
  const { id } = await cast.give('medic', 'submitReferral', {
    pathway: 'NALOXONE_PLUS',
    person: somebody(),
    need: { ...needsDetox, redFlags: ['CHEST_PAIN'] },
  });
  const seen = await cast.look('medic', id);
  stage.sees(`the answer: ${String(seen?.emergencyInstruction)}`, seen, { emergencyInstruction: SHOWN });
  stage.sees('nothing was routed', seen, { matchRuns: [], missing: ['MEDICAL_CLEARANCE'] });
  await cast.give('medic', 'provideReferralInfo', { referralId: id, isMedicallyCleared: true });
  stage.sees('once cleared, the referral goes on by itself', await cast.look('medic', id), {
    progress: 'ACKNOWLEDGED',
    emergencyInstruction: HIDDEN,
  });
  stage.done('cancelled', await cast.cancel('medic', id));
};

/** Late and partial information: what is missing is asked for, not invented. */
export const missingFactsAreAskedFor = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('An officer knows very little');
  const { id } = await cast.give('officer', 'submitReferral', {
    pathway: 'SELF_REFERRAL',
    need: { substances: ['OPIOIDS', 'ALCOHOL'], lastUse: 'WITHIN_24_HOURS' },
  });
  stage.sees('kept, and asked where the person is and what they take', await cast.look('officer', id), {
    missing: ['LOCATION', 'CURRENT_MEDICATIONS'],
  });
  await cast.give('officer', 'provideReferralInfo', { referralId: id, facts: { countyFips: '39141' } });
  stage.sees('one answer given: the other is still asked', await cast.look('officer', id), {
    missing: ['CURRENT_MEDICATIONS'],
  });
  await cast.give('officer', 'provideReferralInfo', { referralId: id, facts: { currentMedications: [] } });
  stage.sees('nothing missing any more: a program has it', await cast.look('officer', id), {
    missing: [],
    progress: 'ACKNOWLEDGED',
  });
  stage.done('cancelled', await cast.cancel('officer', id));
};

const whyNotDetox = (seen: Look | null) => {
  const verdicts = seen?.matchRuns?.[0]?.verdicts ?? [];
  return verdicts.find(({ program }) => program?.id === samplePrograms.detox.id);
};

/** A need nobody can meet is kept with the rules that stood in the way. */
export const unmetNeedIsExplained = async (cast: Cast, stage: Stage): Promise<void> => {
  stage.heading('A need that nobody can meet');
  const { id } = await cast.give('hospital', 'submitReferral', {
    pathway: 'HOSPITAL_REFERRAL',
    person: somebody('FEMALE'),
    need: { ...needsDetox, language: 'so', levelsOfCare: ['ASAM_3_7'] },
  });
  const seen = await cast.look('hospital', id);
  stage.sees('recorded as unmet, because of the language', seen, { unmetNeed: { rules: ['LANGUAGE'] } });
  const whyNot = whyNotDetox(seen);
  const because = (whyNot?.removedBy ?? []).map((finding) => finding.because).join(' ');
  stage.sees(`why not the withdrawal program: ${because}`, whyNot, {
    isEligible: false,
    removedBy: [{ rule: 'LANGUAGE' }],
  });
  stage.sees('the coordinator sees it waiting', await cast.look('coordinator', id), { state: 'WAITLISTED' });
  stage.done('cancelled', await cast.cancel('hospital', id));
};
