import { fhirAuditEvent, type ExportedEntry } from './fhir-audit-event';

const entry: ExportedEntry = {
  id: '0199a000-0000-7000-8000-000000000001',
  decisionId: '0199a000-0000-7000-8000-000000000002',
  at: '2026-03-01T14:30:00.123000Z',
  agencyId: '0199a000-0000-7000-8000-000000000003',
  actorKind: 'STAFF',
  actorId: '0199a000-0000-7000-8000-000000000004',
  role: 'OFFICER',
  kind: 'COMMAND',
  action: 'referral.submitted',
  refusal: null,
  subjectType: 'Referral',
  subjectId: '0199a000-0000-7000-8000-000000000005',
  details: { pathway: 'OVERDOSE' },
  purpose: null,
  requestId: 'r-1',
};

describe('an entry as a FHIR R4 AuditEvent', () => {
  it('has every element that R4 requires, and the facts of the entry', () => {
    expect(fhirAuditEvent(entry)).toEqual({
      resourceType: 'AuditEvent',
      id: entry.id,
      type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
      subtype: [{ system: 'urn:handrail:action', code: 'referral.submitted' }],
      action: 'E',
      recorded: '2026-03-01T14:30:00.123000Z',
      outcome: '0',
      agent: [
        {
          type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110153' },
          role: [{ coding: [{ system: 'urn:handrail:role', code: 'OFFICER' }] }],
          who: { type: 'Practitioner', identifier: { system: 'urn:handrail:account', value: entry.actorId } },
          requestor: true,
        },
      ],
      source: {
        observer: { type: 'Organization', identifier: { system: 'urn:handrail:Agency', value: entry.agencyId } },
        type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4' }],
      },
      entity: [
        {
          what: { type: 'Referral', identifier: { system: 'urn:handrail:Referral', value: entry.subjectId } },
          type: { system: 'http://terminology.hl7.org/CodeSystem/audit-entity-type', code: '2' },
          detail: [
            { type: 'decision', valueString: entry.decisionId },
            { type: 'request', valueString: 'r-1' },
            { type: 'details', valueString: '{"pathway":"OVERDOSE"}' },
          ],
        },
      ],
    });
  });

  it('tells a refusal by outcome and code, and leaves out what is not known', () => {
    const refused = fhirAuditEvent({
      ...entry,
      kind: 'REFUSAL',
      refusal: 'NO_CAPACITY',
      subjectType: null,
      subjectId: null,
      details: {},
      requestId: null,
    });
    expect(refused).toMatchObject({ action: 'E', outcome: '4', outcomeDesc: 'NO_CAPACITY' });
    expect(refused.entity[0]).not.toHaveProperty('what');
    expect(refused.entity[0]?.detail).toEqual([{ type: 'decision', valueString: entry.decisionId }]);
  });

  it('tells a reading, its purpose, and a partner system', () => {
    const read = { ...entry, kind: 'READ', purpose: 'TREATMENT', actorKind: 'SERVICE_ACCOUNT', subjectType: null };
    const event = fhirAuditEvent(read);
    expect(event).toMatchObject({
      action: 'R',
      outcome: '0',
      purposeOfEvent: [{ coding: [{ system: 'urn:handrail:purpose', code: 'TREATMENT' }] }],
    });
    expect(event.agent[0]).toMatchObject({ who: { type: 'Device' } });
    expect(event.entity[0]).toMatchObject({ what: { type: 'record' } });
  });
});
