import { randomUUID } from 'node:crypto';
import { AuditSealer } from '../../src/platform/audit/audit-sealer';
import { buildReferral, buildSubmission } from '../builders/referrals';
import { cases } from '../sweep/cases';
import { operations } from '../sweep/operations';
import type { Side, SweptRole } from '../sweep/side';

/** What must have rows of others for the attack to prove anything: every room has something here. */
export const FILLED = [
  ...[
    'account',
    'membership',
    'person',
    'person_party',
    'episode',
    'referral',
    'referral_party',
    'referral_change',
    'offer',
  ],
  ...[
    'hold',
    'hand_off',
    'match_run',
    'unmet_need',
    'waitlist_entry',
    'clock',
    'consent',
    'consent_revocation',
    'disclosure',
  ],
  ...[
    'break_glass',
    'accounting_request',
    'legal_request',
    'audit_entry',
    'audit_block',
    'outbox_event',
    'idempotency_key',
  ],
  ...['overdose_report', 'surrender', 'custody_event', 'child_report', 'caregiver_candidate', 'caregiver_step'],
  ...[
    'handle_with_care_notice',
    'handle_with_care_receipt',
    'school_calendar',
    'spike_alert',
    'alert_action',
    'batch_warning',
  ],
  ...['webhook_endpoint', 'inbound_webhook', 'job'],
];
/** Tables of the newer rooms, of which an id each is guessed as well. */
export const GUESSED =
  'child_report handle_with_care_notice overdose_report surrender spike_alert webhook_endpoint clock'.split(' ');

/** Something of every kind, in the agencies of one side. */
export const furnish = async (side: Side): Promise<void> => {
  await side.fill();
  const treated = await side.referral('HOSPITAL_STAFF', 'admitted');
  const consentId = await side.consentOf(treated, 'HOSPITAL_STAFF');
  await side.breakGlass(treated);
  await side.askForAccount(treated);
  await side.addSystem();
  await side.addEndpoint();
  await side.handIn();
  await side.notify();
  await side.reportOverdoses('39141');
  await side.alarm('39141');
  await side.report();
  // Nobody speaks the language: somebody waits, and why is on record.
  await buildReferral(side.app, side.cast.OFFICER, buildSubmission({}, { language: 'so' }));
  const steps: readonly [SweptRole, string, string][] = [
    ['HOSPITAL_STAFF', 'releaseHandOff', await side.referral('HOSPITAL_STAFF', 'accepted')],
    ['SCHOOL_LIAISON', 'setSchoolCalendar', ''],
    ['COORDINATOR', 'chooseNeighbourAlerts', ''],
    ['PRIVACY_OFFICER', 'recordLegalRequest', ''],
    ['HOSPITAL_STAFF', 'revokeConsent', consentId],
  ];
  for (const [role, name, id] of steps) {
    const document = operations.find((one) => one.name === name)?.document ?? '';
    const variables = { ...cases[name]?.variables(id, side, role), idempotencyKey: randomUUID() };
    expect([name, (await (await side.app.as(side.cast[role]))(document, variables)).errors]).toEqual([name, []]);
  }
  const told = await (
    await side.app.as(side.cast.PROVIDER_STAFF)
  )('{ referrals(first: 9) { nodes { need { age } } } }');
  expect(told.errors).toEqual([]);
  await side.app.app.get(AuditSealer).seal();
};
