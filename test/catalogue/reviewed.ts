/** What the catalogue test finds and lets stand, each with the reason. Read it like code: a line more is a hole or a decision. */
type Reviewed = Readonly<Record<string, string>>;

export const OPEN_TABLES: Reviewed = { 'public.migrations': 'names of migrations; no row of anybody’s' };

/** What every agency reads of every other. Nothing of a person, of a referral or of what anybody did may ever be here. */
export const OPEN_DIRECTORIES: Reviewed = {
  'public.agency': 'who is who: one refers to it by name, and its line is its public one',
  'public.agency_jurisdiction': 'which counties it serves',
  'public.bed_pool': 'where there is room: counts as their program attests them, and never whose places they are',
  'public.clock_setting': 'how long an agency has for a step: whoever asks it starts its clock',
  'public.hold_quota': 'how many places an agency may keep: a rule of the operator, not what it keeps',
  'public.outreach_area': 'who visits in which county',
  'public.outreach_program': 'who visits, and the number that people may call',
  'public.outreach_team': 'which agencies go along; who was seen is theirs alone',
  'public.pool_match': 'what matching reads of a pool: the same as its program and counts say',
  'public.program': 'whom a program serves, as it is published',
  'public.program_answers':
    'how fast a program answers, over all who ask: a term of the score that every sender is shown',
  'public.school_calendar': 'when the bell rings: whoever sends a notice is told when it will be too late',
};

const OWN_OR_SENT = 'by agency in every list, which has its index; by a referral’s id, one look-up, everywhere else';
export const LONGER_POLICIES: Reviewed = {
  'restock_request.changes: ((agency_id = ME) OR (supplier_agency_id = ME))': 'by primary key only',
  'restock_request.reads: ((agency_id = ME) OR (supplier_agency_id = ME))':
    'two equalities on the row, each side with its own index',
  'child_report.reads: ((agency_id = ME) OR (reporting_agency_id = ME))':
    'two equalities on the row, each side with its own index',
  "accounting_request.adds: ((recorded_by_agency_id = ME) AND (EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = accounting_request.person_id) AND (pp.agency_id = ME)))) AND ((agency_id = ME) OR (EXISTS ( SELECT 1 FROM agency g WHERE ((g.id = accounting_request.agency_id) AND (g.kind = 'PLATFORM'::text))))))":
    'an equality and one look-up among parties, and addressed to the agency itself or to the operator',
  'accounting_request.reads: ((agency_id = ME) OR (recorded_by_agency_id = ME))':
    'two equalities on the row; few rows, each side with its own index',
  'alert_action.reads: (EXISTS ( SELECT 1 FROM spike_alert_party p WHERE ((p.alert_id = alert_action.alert_id) AND (p.agency_id = ME))))':
    'one look-up among parties, by key',
  'batch_warning.reads: (EXISTS ( SELECT 1 FROM batch_warning_party p WHERE ((p.warning_id = batch_warning.id) AND (p.agency_id = ME))))':
    'one look-up among parties, by key',
  'spike_alert.reads: (EXISTS ( SELECT 1 FROM spike_alert_party p WHERE ((p.alert_id = spike_alert.id) AND (p.agency_id = ME))))':
    'one look-up among parties, by key',
  'spike_verdict.reads: (EXISTS ( SELECT 1 FROM spike_alert_party p WHERE ((p.alert_id = spike_verdict.alert_id) AND (p.agency_id = ME))))':
    'one look-up among parties, by key',
  "outreach_case.changes: (((state = 'UNASSIGNED'::text) AND (coordinator_agency_id = ME)) OR (EXISTS ( SELECT 1 FROM outreach_program p WHERE ((p.id = ANY (ARRAY[outreach_case.program_id, outreach_case.to_program_id])) AND (p.agency_id = ME)))) OR (EXISTS ( SELECT 1 FROM outreach_team t WHERE ((t.program_id = ANY (ARRAY[outreach_case.program_id, outreach_case.to_program_id])) AND (t.agency_id = ME) AND (t.agreed_at IS NOT NULL)))))":
    'columns of the row itself, and look-ups by key: who leads the program, and who agreed to work in its team; the row to lock is one',
  "outreach_case.hospital_words: ((kind <> 'AT_RISK'::text) OR (NOT (EXISTS ( SELECT 1 FROM agency g WHERE ((g.id = ME) AND (g.kind = 'LAW_ENFORCEMENT'::text))))))":
    'restrictive: it only takes away; a column of the row, and the kind of the asking agency by its primary key, once a query',
  "outreach_case.never_taken: ((state = 'CLOSED'::text) AND (end_reason = 'NO_PROGRAM'::text) AND (coordinator_agency_id = ME))":
    'who was to find a program sees that none was found',
  "outreach_case.reads: (((state = 'UNASSIGNED'::text) AND (coordinator_agency_id = ME)) OR (EXISTS ( SELECT 1 FROM outreach_program p WHERE ((p.id = ANY (ARRAY[outreach_case.program_id, outreach_case.to_program_id, outreach_case.from_program_id])) AND (p.agency_id = ME)))) OR (EXISTS ( SELECT 1 FROM outreach_team t WHERE ((t.program_id = ANY (ARRAY[outreach_case.program_id, outreach_case.to_program_id, outreach_case.from_program_id])) AND (t.agency_id = ME) AND (t.agreed_at IS NOT NULL)))))":
    'columns of the row itself, and look-ups by key: who leads the programs of the case, and who agreed to work in their teams',
  'outreach_case_event.reads: (EXISTS ( SELECT 1 FROM outreach_case c WHERE (c.id = outreach_case_event.case_id)))':
    'the case by its primary key, whose own policy decides',
  'outreach_step.reads: (EXISTS ( SELECT 1 FROM outreach_case c WHERE (c.id = outreach_step.case_id)))':
    'the case by its primary key, whose own policy decides',
  'visit_attempt.reads: (EXISTS ( SELECT 1 FROM outreach_case c WHERE (c.id = visit_attempt.case_id)))':
    'the case by its primary key, whose own policy decides',
  'break_glass.reads: ((agency_id = ME) OR (EXISTS ( SELECT 1 FROM break_glass_review v WHERE ((v.break_glass_id = break_glass.id) AND (v.agency_id = ME)))))':
    'an equality or one look-up among reviews; few rows, read by id or by agency',
  'consent.reads: ((recorded_by_agency_id = ME) OR (recipient_agency_id = ME))':
    'two equalities on the row; consents are read by person or id, never listed by agency alone',
  'person_link.reads: ((EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = person_link.left_person_id) AND (pp.agency_id = ME)))) AND (EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = person_link.right_person_id) AND (pp.agency_id = ME)))))':
    'two look-ups among parties, by key: a pair is for whoever knows both',
  'person_link_decision.reads: (EXISTS ( SELECT 1 FROM person_link l WHERE (l.id = person_link_decision.link_id)))':
    'the pair by its primary key, whose own policy is two look-ups',
  'consent_revocation.reads: (EXISTS ( SELECT 1 FROM consent c WHERE (c.id = consent_revocation.consent_id)))':
    'the consent by its primary key, whose own policy is two equalities',
  'disclosure.reads: ((from_agency_id = ME) OR (to_agency_id = ME))':
    'two equalities on the row; read by subject, or by one side with its own index',
  'hand_off.reads: ((from_agency_id = ME) OR (to_agency_id = ME) OR app.sends(referral_id))': OWN_OR_SENT,
  'hold.reads: ((agency_id = ME) OR app.sends(referral_id))': OWN_OR_SENT,
  'membership.adds: ((agency_id = ME) AND app.is_member(account_id))':
    'an equality, and an account that is a member already: none is opened by being named',
  'offer.reads: ((agency_id = ME) OR app.sends(referral_id))': OWN_OR_SENT,
  "person_party.adds: ((agency_id = ME) AND (basis = 'INTAKE'::text) AND app.took_in(person_id))":
    'an equality, and a person this agency took in: a party row opens the person',
  'person_party.reads: ((agency_id = ME) AND ((until IS NULL) OR (until > ( SELECT app.now() AS now))))':
    'an equality, and a column of the row itself against one look at the clock',
  'overdose_report.adds: ((agency_id = ME) AND ((person_id IS NULL) OR (EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = overdose_report.person_id) AND (pp.agency_id = ME))))))':
    'an equality and one look-up among parties: of a person whom the agency knows, or of nobody named',
  'overdose_report.changes: ((agency_id = ME) AND ((person_id IS NULL) OR (EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = overdose_report.person_id) AND (pp.agency_id = ME))))))':
    'the same',
  'overdose_report_revision.adds: ((agency_id = ME) AND (EXISTS ( SELECT 1 FROM overdose_report r WHERE ((r.id = overdose_report_revision.report_id) AND (r.agency_id = ME)))))':
    'an equality and one look-up by primary key: of a report of the agency',
  'referral.adds: ((sender_agency_id = ME) AND (EXISTS ( SELECT 1 FROM person_party pp WHERE ((pp.person_id = referral.person_id) AND (pp.agency_id = ME)))))':
    'an equality and one look-up among parties: of a person whom the sender knows',
  'referral.changes: ((sender_agency_id = ME) OR app.takes_part(id))': 'by primary key only',
  "clock.changes: (((owner_agency_id = ME) AND (owner_side <> 'SENDER'::text)) OR (coordinator_agency_id = ME))":
    'columns of the row itself; one clock at a time',
  "clock.reads: (((owner_agency_id = ME) AND (owner_side <> 'SENDER'::text)) OR (coordinator_agency_id = ME))":
    'columns of the row itself, each with an index of its own',
  'referral.reads: ((sender_agency_id = ME) OR app.takes_part(id))':
    'by primary key only: lists take their ids from referral_party',
  "referral_party.adds: ((agency_id = ME) AND (side = 'SENDER'::text) AND app.is_sender(referral_id))":
    'an equality, and a referral this agency sends: a party row opens the referral',
  'support_meeting.reads: (is_published AND (ME IS NOT NULL))':
    'a column of the row and whether anybody is signed in: what is published is for everybody',
  'webhook_delivery.reads: ((agency_id = ME) AND (attempts > 0))':
    'an equality, and columns of the row itself: what was never sent tells of hidden steps by being there',
  'unmet_need.reads: ((agency_id = ME) OR app.sends(referral_id))': OWN_OR_SENT,
};

export const FOREIGN_KEYS: Reviewed = {
  'naloxone_movement -> naloxone_lot': 'ids are UUIDs nobody can guess; that one exists tells no dose',
  'naloxone_movement -> overdose_report':
    'the command looks first whether the report is the agency’s; an id tells nothing',
  'naloxone_movement -> restock_request': 'ids are UUIDs nobody can guess; its parties have them',
  'caregiver_candidate -> child_report': 'ids are UUIDs nobody can guess; that one exists tells no child',
  'caregiver_step -> caregiver_candidate': 'ids are UUIDs nobody can guess; that one exists tells no name',
  'custody_alert -> surrender': 'ids are random UUIDs nobody can guess; both live in one annex',
  'custody_event -> surrender': 'ids are random UUIDs nobody can guess; both live in one annex',
  'accounting_request -> person': 'its policy asks for a party row of the person first',
  'consent -> person': 'ids are UUIDs nobody can guess; that one exists tells no name',
  'episode -> person': 'its policy asks for a party row of the person first',
  'membership -> account': 'its policy asks for a membership of the account first',
  'overdose_report -> episode': 'ids are UUIDs nobody can guess; its person must be known',
  'overdose_report -> person': 'its policy asks for a party row of the person first',
  'overdose_report_revision -> person': 'ids are UUIDs nobody can guess; that one exists tells no name',
  'overdose_report_revision -> overdose_report': 'its policy asks first whether the report is the agency’s',
  'person_party -> person': 'its policy asks first whether the agency took the person in',
  'referral_change -> referral': 'ids are UUIDs nobody can guess; that one exists tells no state',
  'referral -> episode': 'ids are UUIDs nobody can guess; its person must be known',
  'referral -> hold': 'ids are UUIDs nobody can guess; a hold says nothing by being there',
  'referral_party -> referral': 'its policy asks first whether the agency sends it',
  'referral -> person': 'its policy asks for a party row of the person first',
};

export const UNIQUE_KEYS: Reviewed = {
  'outreach_case.outreach_case_one_a_week': 'written as the worker; the application may change no column of it',
  'custody_alert.custody_alert_surrender_id_position_kind_key':
    'starts with a surrender, whose random id only its annex has',
  'custody_event.custody_event_surrender_id_position_key':
    'starts with a surrender, whose random id only its annex has',
  'naloxone_movement.naloxone_movement_lot_id_position_key': 'starts with a lot, whose id only its agency has',
  'surrender.surrender_room_id_property_number_key': 'starts with the annex, which is the caller’s own',
  'clock.clock_one_running': 'clocks are started by the worker, never by an agency',
  'hold.hold_one_per_referral': 'needs the id of the referral, which its parties have',
  'idempotency_key.idempotency_key_pkey': 'starts with a membership, whose id only its agency sees',
  'offer.offer_one_live_per_program': 'offers are added by the worker; an agency changes its own',
  'outbox_event.outbox_event_fed': 'a number given by the worker',
};

export const WITHOUT_FIXED_PATH: Reviewed = {
  'app.agency()': 'names no table; asked by every policy, and a fixed path would cost each statement',
  'app.now()': 'names no table',
  'app.is_in_force(consent)': 'names no table: works on the row it is given',
  'app.refuse_change()': 'names no table',
  'app.protect(regclass,text,text)': 'run by migrations only',
  'app.entrust(regprocedure)': 'run by migrations only',
  'app.pass_sealed_transactions()': 'run by migrations only; names tables in full, and a path would forbid its commits',
};

export const CALLABLE: Reviewed = {
  'app.roster_doubles(uuid[])':
    'checked: pairs of rows of one roster that the caller’s agency works on, how far their names agree, and no record of a Part 2 program',
  'app.is_left_alone(uuid)': 'checked: whether one whom the caller’s agency coordinates is where nobody is left',
  'app.was_told_name(uuid)': 'whether the asking agency itself was told who somebody is',
  'app.disclosures_in(uuid)':
    'checked: for a request that the caller’s agency answers, of its own words on records it may know to be the person’s; of all for the operator',
  'app.emergency_record(uuid)': 'checked: while an emergency access of the caller’s agency lasts',
  'app.now()': 'the time',
  'app.agency()': 'the caller’s own agency',
  'app.refuse_change()': 'a trigger',
  'app.keep_person_provenance()': 'a trigger',
  'app.keep_referral_provenance()': 'a trigger',
  'app.takes_part(uuid)': 'reads as its caller',
  'app.sends(uuid)': 'reads as its caller',
  'app.is_sender(uuid)': 'reads as its caller',
  'app.is_member(uuid)': 'reads as its caller',
  'app.is_part2_provider(uuid)': 'reads as its caller',
  'app.hold_quota(uuid)': 'reads as its caller',
  'app.is_in_force(consent)': 'works on the row it is given',
  'app.sign_in(text,text,uuid,text)':
    'checked: the ids of one live membership, to whoever names its sign-in; no context yet',
  'app.enter(uuid,uuid,text)': 'checked: the only granted way to a context, by a live membership',
  'app.active_consents(uuid,uuid)': 'checked: codes, to the agency they speak to',
  'app.audit_block_of(uuid)': 'checked: for entries of the caller’s agency',
  'app.took_in(uuid)': 'checked: yes or no about the caller’s own intake',
  'app.annex_of(uuid)': 'arithmetic: the id of an annex follows from its agency’s and opens nothing',
  'app.enter_annex(uuid,uuid,uuid,text)':
    'reads as its caller: by app.enter, into the annex of that agency and no other',
  'app.enter_as_system(uuid,text)': 'becomes the worker, as a command does after its decision (decision 0022)',
  'pgboss.create_queue(text,json)': 'writes as its caller, who may not',
  'pgboss.delete_queue(text)': 'writes as its caller, who may not',
};

export const TABLE_RIGHTS: Reviewed = {
  'handrail_app delete agency_jurisdiction': 'the counties of an agency are a set',
  'handrail_worker delete agency_jurisdiction': 'the counties of an agency are a set',
  'handrail_worker delete outreach_area': 'the counties of a program are a set',
  'handrail_worker delete outreach_team': 'the agencies of a team are a set, and one may leave',
  'handrail_worker delete handle_with_care_notice': 'a school keeps a notice for its time',
  'handrail_worker delete outbox_event': 'housekeeping, a month after delivery',
  'handrail_worker delete spike_cause': 'why a county is to be judged goes with the look that took it in',
  'handrail_worker delete person_block': 'codes under a key that is used no more',
  'handrail_worker delete person_party': 'what was shown on a consent ends with it',
  'handrail_app delete pool_match': 'kept in step with pools that are closed',
  'handrail_worker delete pool_match': 'kept in step with pools that are closed',
  'handrail_worker delete lasting_decline': 'a second look',
  'handrail_worker delete referral_party': 'programs that are out of it',
  'handrail_checker select consent': 'app.is_in_force takes the whole row',
  'handrail_checker select audit_block': 'app.audit_block_of takes the whole row',
  'handrail_worker delete webhook_delivery':
    'housekeeping, a month after delivery, and what waits for an endpoint that is deleted',
  'handrail_worker delete nudge': 'kept for a month',
  'handrail_worker delete nudge_address': 'taken back by its person',
  'handrail_worker delete nudge_image': 'kept for over a year, longer than a referral',
  'handrail_worker delete nudge_message': 'kept for a month, failed ones for three',
  'handrail_worker delete webhook_image': 'with its endpoint',
  'handrail_worker delete unsealed_value': 'once it is sealed',
  'handrail_app insert pgboss.job': 'a task is written with the command that asks for it, and read by the worker only',
  'handrail_app select pgboss.queue': 'names of queues',
};

export const WRITTEN_FOR_GOOD = [
  'audit_block',
  'audit_entry',
  'referral_change',
  'census',
  'match_run',
  'consent_revocation',
  'disclosure',
  'legal_request',
  'custody_event',
  'caregiver_step',
  'naloxone_movement',
];

/** Held by the roles’ rights alone: against an owner’s slip, not against an administrator. */
export const WITHOUT_TRIGGERS: Reviewed = {
  census: 'an attestation is followed by the next one, and the entry of the trail says who posted it',
  match_run: 'grows most; an operator may take the oldest out',
  referral_change: 'the path for its readers; what was decided is in the trail, which is sealed',
};

const CHECKED = 'what the checked functions name';
export const COLUMN_RIGHTS: Reviewed = {
  'handrail_app update outreach_case(state)': 'what a lock asks for; everything is written as the worker',
  'handrail_checker select outreach_case(id, joined_into, other_person_keys, person_id, program_id, state)': CHECKED,
  'handrail_checker select outreach_case_event(case_id, event_id, until_at)': CHECKED,
  'handrail_checker select overdose_event(ended_at, id)': CHECKED,
  'handrail_worker update outreach_home_decision(address_sealed)': 'sealed under a new key',
  'handrail_worker update outreach_opt_out(address_index, address_sealed, number_index, number_sealed)':
    'sealed under a new key',
  'handrail_worker update visit_attempt(note_sealed)': 'sealed under a new key',
  'handrail_app update alert_action(changed_at, state)': 'what became of what the agency was asked',
  'handrail_app update accounting_request(answered_at, answered_by)': 'it is answered, and changes in no other way',
  'handrail_checker select accounting_request(agency_id, covers_from, id, person_id, requested_at)': CHECKED,
  'handrail_checker select disclosure(at, consents, from_agency_id, id, is_part2, purpose, role, subject_id, to_agency_id, what)':
    CHECKED,
  'handrail_app update exposure(closed_at, due_at, naloxone_doses, outcome, reviewed_at, reviewed_by, state, symptoms, went_to_hospital)':
    'what has shown since, and how far it is',
  'handrail_worker update exposure(responder_name_sealed)': 'sealed under a new key',
  'handrail_app update naloxone_lot(movements, on_hand)': 'what the movements come to',
  'handrail_worker update naloxone_lot(movements, on_hand)': 'the same, for doses that another agency has sent',
  'handrail_app update restock_request(state)': 'what a lock asks for; everything is written as the worker',
  'handrail_app update handle_with_care_notice(read_at)': 'the school has read it',
  'handrail_worker update handle_with_care_notice(child_name_sealed, expires_at)':
    'sealed under a new key; kept after the first bell of a calendar that was set meanwhile',
  'handrail_worker update handle_with_care_receipt(due_at, read_at, taken_back_at)':
    'the school has read it, or its sender took it back',
  'handrail_app update child_report(closed_at, outcome, received_at, state)': 'received and closed',
  'handrail_worker update child_report(child_name_sealed, place_sealed)': 'sealed under a new key',
  'handrail_app update caregiver_candidate(state)': 'how far the vetting is',
  'handrail_worker update caregiver_candidate(name_index, name_sealed)': 'sealed under a new key',
  'handrail_app update custody_alert(answered_at, answered_by, finding)': 'what came of looking into it',
  'handrail_app update surrender(due_at, laboratory, place, seal_number, sealed_gross_weight_grams, state)':
    'what a step of custody changes',
  'handrail_worker update surrender(description_sealed, due_at, slip_sealed)':
    'sealed under a new key; and somebody was told that it is due',
  'handrail_app update break_glass(ended_at, ended_by)': 'it ends, and changes in no other way',
  'handrail_app update break_glass_review(finding, reviewed_at, reviewed_by)': 'what the privacy officer found',
  'handrail_checker select break_glass(agency_id, ended_at, ends_at, id, opened_at, person_id)': CHECKED,
  'handrail_checker select break_glass_review(agency_id, break_glass_id)': CHECKED,
  'handrail_checker select program(id, name, phone)': CHECKED,
  'handrail_app insert audit_entry(action, actor_id, actor_kind, agency_id, at, decision_id, details, id, key_id, kind, mac, purpose, refusal, request_id, role, subject_id, subject_type)':
    'every column but the two that the database fills',
  'handrail_app update membership(ended_at)': 'a membership ends, and changes in no other way',
  'handrail_app update person_party(basis)': 'a stronger basis replaces a weaker one',
  'handrail_app update referral(state)': 'what a lock asks for; everything is written as the worker',
  'handrail_checker select agency(id, is_active, kind)': CHECKED,
  'handrail_checker select account(id, issuer, kind, subject)': CHECKED,
  'handrail_checker select membership(account_id, agency_id, ended_at, id, role, scopes)': CHECKED,
  'handrail_checker select audit_entry(agency_id, id, position, xid)': CHECKED,
  'handrail_checker select person(birth_date, family_name, given_name, id, is_part2, phone_index, source_agency_id)':
    CHECKED,
  'handrail_checker select person_party(agency_id, person_id, until)': CHECKED,
  'handrail_checker select person_cluster(cluster_id, person_id)': CHECKED,
  'handrail_checker select outreach_program(agency_id, id)': 'app.roster_doubles: whose team it is',
  'handrail_checker select outreach_team(agency_id, agreed_at, program_id)': 'app.roster_doubles: who works in it',
  'handrail_checker select person_link_decision(agency_id, at, link_id)':
    'app.roster_doubles: whether the team itself decided of a pair',
  'handrail_checker select person_link(decided_at, evidence, id, left_person_id, right_person_id, state)': CHECKED,
  'handrail_checker select episode(id, person_id)': CHECKED,
  'handrail_checker select referral(arrived_at, care_is_part2, coordinating_agency_id, episode_id, id, need, person_id, program_id, receiver_agency_id, sender_agency_id, sent_is_part2, state, submitted_at)':
    CHECKED,
  'handrail_checker select referral_party(agency_id, referral_id)': CHECKED,
  'handrail_worker insert audit_entry(action, actor_id, actor_kind, agency_id, at, decision_id, details, id, key_id, kind, mac, purpose, refusal, request_id, role, subject_id, subject_type)':
    'every column but the two that the database fills',
  'handrail_worker update break_glass(discloser_sealed)':
    'moved under a new key; nothing else of the documentation changes',
  'handrail_worker update overdose_report_revision(place_sealed, residence_sealed)': 'sealed anew when keys rotate',
  'handrail_worker update custody_alert(told_at)': 'that the operator was told of an agency that looked into nothing',
  'handrail_worker update data_key(kek_id, retired_at, wrapped)': 'wrapped anew, and retired',
};

export const DEFAULT_RIGHTS: Reviewed = {
  'handrail_app select r': 'closed all the same until a policy opens it',
  'handrail_app insert r': 'closed all the same until a policy opens it',
  'handrail_app update r': 'closed all the same until a policy opens it',
  'handrail_worker select r': 'closed all the same until app.protect',
  'handrail_worker insert r': 'closed all the same until app.protect',
  'handrail_worker update r': 'closed all the same until app.protect',
  'handrail_app usage S': 'the next number',
  'handrail_worker usage S': 'the next number',
};

export const EXTENSIONS: Reviewed = { plpgsql: 'PostgreSQL’s own' };
