import { randomUUID } from 'node:crypto';
import { AuditSealer } from '../../src/platform/audit/audit-sealer';
import { buildReferral, buildSubmission } from '../builders/referrals';
import { carry } from '../sweep/carried';
import { cases } from '../sweep/cases';
import { operations } from '../sweep/operations';
import type { Side, SweptRole } from '../sweep/side';

/** Tables of the newer rooms, of which an id each is guessed as well. */
export const GUESSED =
  'child_report handle_with_care_notice overdose_report surrender spike_alert webhook_endpoint clock'.split(' ');

const SEALED = "decode(repeat('00', 45), 'hex')";
/** What only workers, importers and other days bring about, put where it would lie. */
const BESIDE = [
  `insert into clock_setting (agency_id, kind, lasts, valid_from, set_by) select id, 'OFFER_DECIDED', 'PT1H', now(), uuidv7() from agency`,
  `insert into hold_quota select id, 9, 50 from agency`,
  `insert into program_answers (program_id, agency_id) select id, agency_id from program on conflict do nothing`,
  `insert into lasting_decline (person_id, program_id, reason) select person_id, program_id, 'STAFFING' from referral where program_id is not null limit 1`,
  `insert into place_consideration (run_id, pool_id, program_id, entry_id, referral_id, position, at, rules_version, rules)
     select uuidv7(), p.id, p.program_id, w.id, w.referral_id, 1, now(), 'x', '{}' from waitlist_entry w, bed_pool p limit 1`,
  `insert into person_cluster select left_person_id, right_person_id from person_link where state = 'LINKED' on conflict do nothing`,
  `insert into linkage_pass (policy_version, index_key_id, started_at) values ('x', uuidv7(), now())`,
  `insert into spike_verdict (county_fips, as_of, alert_id, is_spike, verdict, policy_version) select county_fips, now(), id, true, '{}', 'x' from spike_alert`,
  `insert into spike_cause (county_fips, since, is_taken_back, at) select county_fips, now(), false, now() from spike_alert limit 1`,
  `insert into stock_warning (id, agency_id, kind, doses, raised_at) select uuidv7(), agency_id, 'LOW', 1, now() from naloxone_lot limit 1`,
  `insert into support_meeting (source, source_key, name, weekday, start_minute, duration_minutes, time_zone, venue_kind, language, formats, is_published, import_id)
     values ('x', 'x', 'x', 1, 1, 1, 'x', 'ONLINE', 'en', '[]', true, uuidv7())`,
  `insert into nudge (agency_id, account_id, membership_id, kind, subject_id, event_id, is_urgent, state, created_at)
     select agency_id, account_id, id, 'x', uuidv7(), uuidv7(), false, 'DROPPED', now() from membership`,
  `insert into nudge_address (id, agency_id, account_id, channel, address_sealed, state, changed_at)
     select uuidv7(), agency_id, account_id, 'EMAIL', ${SEALED}, 'BROKEN', now() from membership on conflict do nothing`,
  `insert into nudge_message (agency_id, account_id, membership_id, address_id, channel, state, created_at, ended_at)
     select agency_id, account_id, id, uuidv7(), 'EMAIL', 'DROPPED', now(), now() from membership`,
  `insert into nudge_image select account_id, uuidv7(), decode(repeat('00', 32), 'hex'), now() from membership limit 1`,
  `insert into webhook_delivery (endpoint_id, agency_id, kind, state, attempts, ended_at) select id, agency_id, kinds[1], 'DELIVERED', 1, now() from webhook_endpoint`,
  `insert into webhook_image select id, uuidv7(), decode(repeat('00', 32), 'hex') from webhook_endpoint`,
  `insert into outreach_home_decision (id, case_id, opt_out_id, is_same_home, recorded_at, agency_id, by_actor)
     select uuidv7(), case_id, id, false, now(), agency_id, by_actor from outreach_opt_out`,
  `insert into referral_danger select uuidv7(), id, sender_agency_id, sender_agency_id, now(), 1, false from referral`,
  `insert into report_edition values ('x', 2026, now(), now(), '[]', '{}') on conflict do nothing`,
  `insert into unsealed_value values ('x', 'x', uuidv7(), 'x')`,
];

const openCaseOf = async ({ app }: Side): Promise<string> =>
  (
    await app.owner<{ id: string }>(
      "select id from outreach_case where state = 'OPEN' and address_sealed is not null limit 1",
    )
  )[0]?.id ?? '';

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
  await side.visit('39141', ['39131', '39001']);
  await side.meetTwice();
  await carry(side);
  // Nobody speaks the language: somebody waits, and why is on record.
  const waiting = await buildReferral(side.app, side.cast.OFFICER, buildSubmission({}, { language: 'so' }));
  const steps: readonly [SweptRole, string, string][] = [
    ['HOSPITAL_STAFF', 'releaseHandOff', await side.referral('HOSPITAL_STAFF', 'accepted')],
    ['SCHOOL_LIAISON', 'setSchoolCalendar', ''],
    ['COORDINATOR', 'chooseNeighbourAlerts', ''],
    ['PRIVACY_OFFICER', 'recordLegalRequest', ''],
    ['HOSPITAL_STAFF', 'revokeConsent', consentId],
    ['COORDINATOR', 'recordInterimService', waiting],
    ['COORDINATOR', 'recordWaitlistContact', waiting],
    ['COORDINATOR', 'optOutOfOutreach', await openCaseOf(side)],
    ['PROVIDER_STAFF', 'setNudgePreferences', ''],
  ];
  for (const [role, name, id] of steps) {
    const document = operations.find((one) => one.name === name)?.document ?? '';
    const variables = { ...cases[name]?.variables(id, side, role), idempotencyKey: randomUUID() };
    const { data, errors } = await (await side.app.as(side.cast[role]))<Record<string, unknown>>(document, variables);
    expect([name, data, errors]).toEqual([
      name,
      { [name]: expect.not.objectContaining({ code: expect.anything() }) },
      [],
    ]);
  }
  const told = await (
    await side.app.as(side.cast.PROVIDER_STAFF)
  )('{ referrals(first: 9) { nodes { need { age } } } }');
  expect(told.errors).toEqual([]);
  for (const text of BESIDE) await side.app.owner(text);
  await side.app.app.get(AuditSealer).seal();
};
