/**
 * Columns that can hold words and are neither sealed nor bound by the database to a list of codes, each with the reason why what
 * stands there may stand in clear. A column of which somebody writes about a person in their own words does not belong here: seal it.
 */
const each = (reason: string, ...columns: readonly string[]): Record<string, string> =>
  Object.fromEntries(columns.flatMap((some) => some.split(' ')).map((column) => [column, reason]));

/** `of('referral', 'outcome pathway')`: the columns of one table. */
const of = (table: string, columns: string): string =>
  columns
    .split(' ')
    .map((column) => `${table}.${column}`)
    .join(' ');

export const WORDS_IN_CLEAR: Readonly<Record<string, string>> = {
  ...each(
    'names that linkage compares by likeness, which needs them in clear; row-level security holds them (decision 0017)',
    of('person', 'family_name given_name'),
  ),
  ...each(
    'a code: what comes in is an enum of the schema or a step of a machine, and nothing else is written',
    of('alert_action', 'kind'),
    of('at_risk_flag', 'medication_started reasons'),
    of('batch_warning', 'contents form sold_as'),
    of('bed_pool', 'attested_source level_of_care sexes'),
    of('caregiver_candidate', 'relationship'),
    of('caregiver_step', 'check_kind command state'),
    of('census', 'source'),
    of('child_report', 'concerns outcome'),
    of('clock', 'answer kind subject_type'),
    of('clock_setting', 'kind lasts'),
    of('consent', 'co_signed_by disclosers in_force information purposes signature_method signed_by'),
    of('consent_revocation', 'scopes'),
    of('custody_event', 'command findings state'),
    of('disclosure', 'actor_kind consents purpose role'),
    of('episode', 'pathway'),
    of('exposure', 'protection routes substances symptoms'),
    of('hand_off', 'received_place released_place transport'),
    of('handle_with_care_notice', 'grade'),
    of('inbound_webhook', 'kind'),
    of('interim_service', 'service'),
    of('lasting_decline', 'reason'),
    of('legal_request', 'decision'),
    of('membership', 'scopes'),
    of('naloxone_movement', 'because'),
    of('nudge', 'kind'),
    of('nudge_message', 'last_code'),
    of('offer', 'decline_reason withdraw_reason'),
    of('outreach_case', 'end_reason outcome risk_reasons'),
    of('outreach_case_event', 'suspected_substances'),
    of('outreach_step', 'actor_kind command from_state reason to_state'),
    of('overdose_event', 'sex suspected_substances'),
    of('overdose_report', 'doses role source suspected_substances'),
    of('pool_match', 'acceptance_mode accepted_pathways level_of_care medications_accepted medications_offered payers'),
    of('pool_match', 'serves_only services sexes substances'),
    of('program', 'accepted_pathways medications_accepted medications_offered payers serves_only services substances'),
    of('referral', 'end_reason missing outcome pathway red_flags sender_withdrew_reason'),
    of('referral_change', 'actor_kind command from_state reason to_state'),
    of('surrender', 'promise_version'),
    of('visit_attempt', 'result services'),
    of('waitlist_contact', 'outcome'),
    of('waitlist_entry', 'contact_way end_reason overdose_signals'),
    of('webhook_delivery', 'kind last_code'),
    of('webhook_endpoint', 'disabled_why kinds'),
  ),
  ...each(
    'the answers of the need: codes, numbers and a language code, checked one by one at the door',
    of('match_run', 'need'),
    of('referral', 'need'),
  ),
  ...each('hours and a time zone, by their codes', of('nudge_setting', 'quiet_from quiet_until time_zone')),
  ...each(
    'a language or time zone by its code',
    of('outreach_case', 'language'),
    of('person', 'language'),
    of('pool_match', 'languages time_zone'),
  ),
  ...each('a language or time zone by its code', of('program', 'languages time_zone'), 'outreach_program.time_zone'),
  ...each(
    'the name of a version or rule of ours, and what such rules made of codes and counts',
    of('clock', 'definition_version'),
    of('consent', 'state_rules text_version'),
    of('disclosure', 'notice_version'),
    of('linkage_pass', 'policy_version'),
    of('match_run', 'policy_version verdicts'),
    of('overdose_event_report', 'policy_version rule'),
    of('person_link', 'conflict evidence policy_version'),
    of('person_link_decision', 'policy_version'),
    of('place_consideration', 'rules rules_version'),
    of('spike_verdict', 'cluster policy_version verdict'),
    of('unmet_need', 'rules'),
    of('waitlist_entry', 'rules_version'),
  ),
  ...each(
    'a county by its code',
    of('batch_warning', 'county_fips'),
    of('outreach_case', 'county_fips residence_county_fips'),
    of('outreach_case_event', 'county_fips'),
    of('outreach_opt_out', 'county_fips'),
    of('overdose_event', 'county_fips residence_county_fips'),
    of('spike_verdict', 'county_fips'),
    of('unmet_need', 'county_fips'),
  ),
  ...each(
    'facts of a report by code and number; what was written of places stands sealed beside them',
    of('overdose_report_revision', 'facts'),
  ),
  ...each(
    'the sender’s own number of its report, by which it finds it again; no fact of a person is asked for in it',
    of('overdose_report', 'client_id'),
  ),
  ...each(
    'the trail and the ledger: ids, codes and names of fields, never values (tested where they are written)',
    of('audit_entry', 'action actor_kind details key_id purpose refusal request_id role subject_type'),
    of('disclosure', 'request_id what'),
  ),
  ...each('names of events and ids', of('outbox_event', 'name payload subject_type')),
  ...each(
    'a hash of what was asked, and the id that was answered',
    of('idempotency_key', 'body_hash key operation result'),
  ),
  ...each(
    'hashes, codes of integrity and wrapped keys',
    of('audit_block', 'hash key_id leaves mac previous_hash root'),
    of('audit_entry', 'mac'),
    of('data_key', 'kek_id wrapped'),
    of('person_block', 'key'),
    of('nudge_image', 'image'),
    of('webhook_image', 'image'),
  ),
  ...each(
    'who works where: staff as the directory has them, in the documentation of what they did',
    of('account', 'display_name issuer subject'),
    of('break_glass', 'affiliation medical_personnel'),
    of('caregiver_step', 'by_name'),
    of('custody_event', 'by_name other_name'),
  ),
  ...each(
    'a thing that was handed in, and where it lies: no person is in its annex, and no way leads to one (decision 0041)',
    of('custody_event', 'place reference seal_number'),
    of('surrender', 'laboratory place property_number seal_number'),
  ),
  ...each(
    'the directory: agencies, programs, teams, schools and meetings, open to everybody signed in',
    of('agency', 'name phone source_key'),
    of('bed_pool', 'name'),
    of('outreach_program', 'door_words name phone public_name'),
    of('pool_match', 'intake_windows'),
    of('program', 'city intake_windows name phone postal_code source_key street'),
    of('school_calendar', 'bells'),
    of(
      'support_meeting',
      'city dial_in directions formats language name online_url postal_code source source_key street',
    ),
    of('support_meeting', 'time_zone venue'),
  ),
  ...each('the number that a maker gave a lot', of('naloxone_lot', 'lot_number')),
  ...each('where a partner system listens', of('webhook_endpoint', 'url')),
  ...each('names of migrations', 'migrations.name'),
  ...each(
    'what a migration found in clear and the next process seals and takes out: empty within seconds of a start',
    of('unsealed_value', 'column_name table_name value'),
  ),
};
