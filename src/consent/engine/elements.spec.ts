import fc from 'fast-check';
import { agencyKinds, keysOf } from '../../kernel/vocabulary';
import { flawsOf, missingElements, type ConsentDraft, type ConsentElement } from './elements';
import {
  consentKinds,
  recipientKindOf,
  scopesOfKind,
  statementElements,
  statementsOf,
  type ConsentKind,
} from './vocabulary';

const none = { agencyId: null, agencyKind: null, name: null };
const general: ConsentDraft = {
  isPersonNamed: true,
  kinds: ['TREATMENT_PAYMENT_OPERATIONS'],
  permits: ['TREATMENT_PAYMENT_OPERATIONS', 'IDENTITY_BEFORE_ACCEPTANCE'],
  disclosers: ['TREATMENT_PROGRAMS'],
  information: ['TREATMENT_RECORD'],
  recipient: { ...none, kind: 'TREATING_PROVIDERS' },
  purposes: ['TREATMENT_PAYMENT_OPERATIONS'],
  statements: statementsOf('TREATMENT_PAYMENT_OPERATIONS'),
  expiry: 'NONE',
  expiresAt: null,
  signedBy: 'PERSON',
  signatureMethod: 'ON_SCREEN',
  textVersion: 'treatment/1/en',
  signedAt: new Date(0),
};
const toPolice: ConsentDraft = {
  ...general,
  kinds: ['NAMED_RECIPIENT'],
  permits: ['OUTCOME_TO_SENDER'],
  recipient: { kind: 'POLICE', agencyId: 'p', agencyKind: 'LAW_ENFORCEMENT', name: null },
  purposes: ['AT_REQUEST_OF_PATIENT'],
  statements: statementsOf('NAMED_RECIPIENT'),
  expiry: 'ON_DATE',
  expiresAt: new Date(1),
};
const toCourt: ConsentDraft = {
  ...toPolice,
  permits: [],
  recipient: { ...none, kind: 'COURT', name: 'Municipal Court' },
};
const notes: ConsentDraft = {
  ...toPolice,
  kinds: ['COUNSELING_NOTES'],
  permits: [],
  information: ['COUNSELING_NOTES'],
};
const proceedings: ConsentDraft = { ...toCourt, kinds: ['LEGAL_PROCEEDINGS'], purposes: ['PROCEEDINGS'] };
const complete = { general, toPolice, toCourt, notes, proceedings };

const without = (draft: ConsentDraft, element: string): ConsentDraft => ({
  ...draft,
  statements: draft.statements.filter((statement) => statement !== element),
});

/** One way to lose each element. */
const losses: readonly [ConsentElement, keyof typeof complete, (draft: ConsentDraft) => ConsentDraft][] = [
  ['2.31(a)(1)', 'general', (draft) => ({ ...draft, isPersonNamed: false })],
  ['2.31(a)(2)', 'general', (draft) => ({ ...draft, disclosers: [] })],
  ['2.31(a)(3)', 'general', (draft) => ({ ...draft, information: [] })],
  ['2.31(a)(3)', 'general', (draft) => ({ ...draft, permits: ['OUTCOME_TO_SENDER'] })],
  ['2.31(a)(3)', 'toPolice', (draft) => ({ ...draft, permits: ['TREATMENT_PAYMENT_OPERATIONS'] })],
  ['2.31(a)(3)', 'notes', (draft) => ({ ...draft, permits: ['TREATMENT_PAYMENT_OPERATIONS'] })],
  ['2.31(a)(4)(i)', 'general', (draft) => ({ ...draft, recipient: { ...none, kind: null } })],
  ['2.31(a)(4)(i)', 'general', (draft) => ({ ...draft, recipient: toPolice.recipient })],
  ['2.31(a)(4)(i)', 'general', (draft) => ({ ...draft, recipient: { ...general.recipient, name: 'Somebody' } })],
  ['2.31(a)(4)(i)', 'toPolice', (draft) => ({ ...draft, recipient: general.recipient })],
  ['2.31(a)(4)(i)', 'toPolice', (draft) => ({ ...draft, recipient: { ...none, kind: 'POLICE' } })],
  ['2.31(a)(4)(i)', 'toPolice', (draft) => ({ ...draft, recipient: { ...toPolice.recipient, agencyKind: 'SCHOOL' } })],
  ['2.31(a)(4)(i)', 'toCourt', (draft) => ({ ...draft, recipient: { ...none, kind: 'COURT', name: ' ' } })],
  [
    '2.31(a)(4)(i)',
    'toCourt',
    (draft) => ({ ...draft, recipient: { ...none, kind: 'COURT', agencyId: 'a', name: 'b' } }),
  ],
  ['2.31(a)(4)(iii)', 'general', (draft) => without(draft, '2.31(a)(4)(iii)')],
  ['2.31(a)(5)', 'toPolice', (draft) => ({ ...draft, purposes: [] })],
  ['2.31(a)(6)', 'toPolice', (draft) => without(draft, '2.31(a)(6)')],
  ['2.31(a)(7)', 'general', (draft) => ({ ...draft, expiry: null })],
  ['2.31(a)(7)', 'general', (draft) => ({ ...draft, expiry: 'NONE', expiresAt: new Date(1) })],
  ['2.31(a)(7)', 'toPolice', (draft) => ({ ...draft, expiry: 'NONE', expiresAt: null })],
  ['2.31(a)(7)', 'toPolice', (draft) => ({ ...draft, expiresAt: null })],
  ['2.31(a)(8)', 'general', (draft) => ({ ...draft, textVersion: null })],
  ['2.31(a)(8)', 'general', (draft) => ({ ...draft, signedBy: null })],
  ['2.31(a)(8)', 'general', (draft) => ({ ...draft, signatureMethod: null })],
  ['2.31(a)(9)', 'general', (draft) => ({ ...draft, signedAt: null })],
  ['2.31(a)(10)', 'general', (draft) => without(draft, '2.31(a)(10)')],
  ['2.31(b)', 'notes', (draft) => ({ ...draft, kinds: ['COUNSELING_NOTES', 'NAMED_RECIPIENT'] })],
  ['2.31(d)', 'proceedings', (draft) => ({ ...draft, kinds: ['LEGAL_PROCEEDINGS', 'NAMED_RECIPIENT'] })],
];

describe('a consent', () => {
  it.each(Object.keys(complete) as (keyof typeof complete)[])('is complete with every element: %s', (name) => {
    expect(flawsOf(complete[name])).toEqual([]);
  });

  it.each(losses)('names %s, and nothing else, when it is lost (%s)', (element, name, lose) => {
    const flaws = flawsOf(lose(complete[name]));
    expect(flaws.map((flaw) => flaw.element)).toEqual([element]);
    expect(flaws[0]).toMatchObject({ field: expect.any(String), remedy: expect.any(String) });
  });

  it('names every element that is lost, whichever are lost together', () => {
    const ofGeneral = losses.filter(([, name]) => name === 'general').slice();
    const single = ofGeneral.filter(([element], at) => ofGeneral.findIndex(([other]) => other === element) === at);
    fc.assert(
      fc.property(fc.subarray(single), (lost) => {
        const draft = lost.reduce((left, [, , lose]) => lose(left), general);
        return (
          new Set(missingElements(draft)).size === lost.length &&
          lost.every(([element]) => missingElements(draft).includes(element))
        );
      }),
    );
  });

  it('for treatment, payment and operations never goes to police, schools, courts or volunteers', () => {
    for (const kind of ['POLICE', 'SCHOOL', 'COURT', 'VOLUNTEER', 'OUTREACH_TEAM', 'CHILD_SERVICES'] as const) {
      const recipient = { kind, agencyId: 'a', agencyKind: null, name: null };
      expect([kind, missingElements({ ...general, recipient })]).toEqual([kind, ['2.31(a)(4)(i)']]);
    }
    expect(
      flawsOf({ ...general, recipient: { kind: 'CARE', agencyId: 'a', agencyKind: 'HOSPITAL', name: null } }),
    ).toEqual([]);
  });

  it('shares no scope with a consent of another kind', () => {
    const kinds = Object.keys(consentKinds) as ConsentKind[];
    const all = kinds.flatMap((kind) => scopesOfKind[kind]);
    expect(new Set(all).size).toBe(all.length);
    expect(kinds.every((kind) => statementsOf(kind).every((element) => element in statementElements))).toBe(true);
  });

  it('takes an agency for one sort of recipient or for none', () => {
    const kinds = keysOf(agencyKinds).filter((kind) => recipientKindOf[kind] === null);
    expect(kinds).toEqual(['PUBLIC_HEALTH', 'PLATFORM']);
  });
});
