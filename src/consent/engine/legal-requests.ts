import { invalid, type Refusal } from '../../kernel/refusal';

/** What came. Sources are 42 CFR part 2, subpart E, as amended in 2024 (89 FR 12472). */
export const legalRequestKinds = {
  SUBPOENA: 'A subpoena or a similar mandate without a court order under subpart E: not enough (2.61(b)).',
  COURT_ORDER: 'A court order under 2.64 to 2.67 alone: it permits and does not compel (2.61(a)).',
  COURT_ORDER_WITH_SUBPOENA:
    'A court order under 2.64 to 2.67 together with a subpoena or a similar mandate (2.61(b)).',
  SEARCH_WARRANT: 'A search warrant without a court order under subpart E: not enough (2.61(b), 2.65, 2.66).',
  POLICE_REQUEST: 'A request of the police or a prosecutor without any of these (2.13, 2.12(d)).',
} as const;
export type LegalRequestKind = keyof typeof legalRequestKinds;

export const legalIssuers = {
  COURT: 'A court.',
  GRAND_JURY: 'A grand jury.',
  PROSECUTOR: 'A prosecutor.',
  LAW_ENFORCEMENT: 'Police or another law-enforcement agency.',
  DEFENSE: 'The defense in a criminal case.',
  CIVIL_PARTY: 'A party of a civil case.',
  ADMINISTRATIVE_BODY: 'An administrative agency or a licensing board.',
  LEGISLATIVE_BODY: 'A legislative body.',
} as const;
export type LegalIssuer = keyof typeof legalIssuers;

export const legalDecisions = {
  REFUSED_NEEDS_COURT_ORDER: 'Refused: nothing is disclosed without a court order under 2.64 to 2.67 (2.61).',
  REFUSED_NEEDS_MANDATE: 'Refused: the order permits, and without a subpoena or similar mandate nobody must (2.61(a)).',
  CONTESTED_IN_COURT: 'The agency is heard by the court before anything is decided (2.64(c), 2.65(b), 2.66(c), 2.67).',
  ANSWERED_OUTSIDE_HANDRAIL:
    'Answered under a court order, from the agency’s own records and in its limits: Handrail gives nothing out for it.',
} as const;
export type LegalDecision = keyof typeof legalDecisions;

const decisionsFor: Readonly<Record<LegalRequestKind, readonly LegalDecision[]>> = {
  SUBPOENA: ['REFUSED_NEEDS_COURT_ORDER', 'CONTESTED_IN_COURT'],
  COURT_ORDER: ['REFUSED_NEEDS_MANDATE', 'CONTESTED_IN_COURT', 'ANSWERED_OUTSIDE_HANDRAIL'],
  COURT_ORDER_WITH_SUBPOENA: ['CONTESTED_IN_COURT', 'ANSWERED_OUTSIDE_HANDRAIL'],
  SEARCH_WARRANT: ['REFUSED_NEEDS_COURT_ORDER', 'CONTESTED_IN_COURT'],
  POLICE_REQUEST: ['REFUSED_NEEDS_COURT_ORDER'],
};

/** What the regulation leaves to decide over a request of this kind; anything else is refused, with what may be sent. */
export const decisionFault = (kind: LegalRequestKind, decision: LegalDecision): Refusal | null =>
  decisionsFor[kind].includes(decision)
    ? null
    : invalid(
        'input.decision',
        'Not a decision over a request of this kind.',
        `Send ${decisionsFor[kind].join(' or ')}.`,
      );
