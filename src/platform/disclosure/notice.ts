/** What goes along with words of another agency. */
export interface Notice {
  readonly version: string;
  /** Travels with each answer. */
  readonly short: string;
}

/**
 * What goes along with every disclosure (42 CFR 2.32(a)). The short form of (a)(2) travels with each answer; the long form of
 * (a)(1) is for paper and for whoever asks. Their version is on the ledger.
 */
export const NOTICE = {
  version: '2.32-2024',
  short: '42 CFR part 2 prohibits unauthorized use or disclosure of these records.',
  long: [
    'This record which has been disclosed to you is protected by federal confidentiality rules (42 CFR part 2). These rules',
    'prohibit you from using or disclosing this record, or testimony that describes the information contained in this record,',
    'in any civil, criminal, administrative, or legislative proceedings by any Federal, State, or local authority, against the',
    'patient, unless authorized by the consent of the patient, except as provided at 42 CFR 2.12(c)(5) or as otherwise',
    'authorized by a court in accordance with 42 CFR 2.64 or 2.65. In addition, the Federal rules prohibit you from making any',
    'other use or disclosure of this record unless at least one of the following applies: (i) further use or disclosure is',
    'expressly permitted by the written consent of the individual whose information is being disclosed in this record or as',
    'otherwise permitted by 42 CFR part 2; (ii) you are a covered entity or business associate and have received the record',
    'pursuant to a consent for treatment, payment, or health care operations; or (iii) you have received the record from a',
    'covered entity or business associate as permitted by 45 CFR part 164, subparts A and E. A general authorization for the',
    'release of medical or other information is NOT sufficient to meet the required elements of written consent to further use',
    'or redisclose the record (see 42 CFR 2.31).',
  ].join(' '),
} as const;

/**
 * Records of children come from police and from child services, not from Part 2 programs (42 CFR 2.12(c)(6)). Their notice names no
 * law of substance use: a school must not read from it what may have happened.
 */
export const CHILD_NOTICE = {
  version: 'child-2026',
  short: 'This tells of a child. Use it to keep that child safe, and pass it on to nobody else.',
} as const;

const OF_CHILDREN: ReadonlySet<string> = new Set(['ChildReport', 'CaregiverCandidate', 'HandleWithCareNotice']);

export const noticeOf = (subject: string): Notice => (OF_CHILDREN.has(subject) ? CHILD_NOTICE : NOTICE);
