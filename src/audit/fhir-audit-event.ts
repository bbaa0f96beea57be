import type { StoredEntry } from '../platform/audit/trail-rows';

/** What the mapping reads of an entry. */
export type ExportedEntry = Omit<StoredEntry, 'mac' | 'position' | 'xid' | 'keyId'>;

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
/** Systems of Handrail’s own codes and ids: `urn:handrail:role`, `urn:handrail:Referral`. */
const own = (name: string): string => `urn:handrail:${name}`;

const coding = (system: string, code: string) => ({ system, code });
const concept = (system: string, code: string) => ({ coding: [coding(system, code)] });
const identified = (type: string, value: string) => ({ type, identifier: { system: own(type), value } });

/** `valueString` may not be empty (FHIR R4 string). */
const detail = (type: string, value: string | null) =>
  value === null || value === '' ? [] : [{ type, valueString: value }];

const isEmpty = (details: unknown): boolean =>
  details === null || typeof details !== 'object' || Object.keys(details).length === 0;

const entityOf = (entry: ExportedEntry) => {
  const { subjectType, subjectId, details } = entry;
  return {
    ...(subjectId !== null && { what: identified(subjectType ?? 'record', subjectId) }),
    type: coding(ENTITY_TYPE, '2'),
    detail: [
      ...detail('decision', entry.decisionId),
      ...detail('request', entry.requestId),
      ...detail('details', isEmpty(details) ? null : JSON.stringify(details)),
    ],
  };
};

/** The actors are accounts of Handrail, of a Device where it is a system (FHIR R4 AuditEvent.agent.who). */
const agentOf = ({ actorKind, actorId, role }: ExportedEntry) => ({
  type: coding(DICOM, actorKind === 'STAFF' ? '110153' : '110150'),
  role: [concept(own('role'), role)],
  who: {
    type: actorKind === 'STAFF' ? 'Practitioner' : 'Device',
    identifier: { system: own('account'), value: actorId },
  },
  requestor: true,
});

/**
 * An entry as a FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html): what is shown is a read, what is done or refused an
 * execution; a refusal has outcome 4 (minor failure) and its code. Pure: the same entry is the same resource.
 */
export const fhirAuditEvent = (entry: ExportedEntry) => ({
  resourceType: 'AuditEvent' as const,
  id: entry.id,
  type: coding(EVENT_TYPE, 'rest'),
  subtype: [coding(own('action'), entry.action)],
  action: entry.kind === 'READ' ? 'R' : 'E',
  recorded: entry.at,
  outcome: entry.refusal === null ? '0' : '4',
  ...(entry.refusal !== null && { outcomeDesc: entry.refusal }),
  ...(entry.purpose !== null && { purposeOfEvent: [concept(own('purpose'), entry.purpose)] }),
  agent: [agentOf(entry)],
  source: {
    observer: { type: 'Organization', identifier: { system: own('Agency'), value: entry.agencyId } },
    type: [coding('http://terminology.hl7.org/CodeSystem/security-source-type', '4')],
  },
  entity: [entityOf(entry)],
});
