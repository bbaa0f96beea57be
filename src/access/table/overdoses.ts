import { EVERYONE, RESPONDERS, type FieldClass, type Resource } from '../policy';

const classed = (fieldClass: FieldClass, fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, fieldClass]));

const byOwnAgency = [{ relation: 'OWN_AGENCY', roles: RESPONDERS }] as const;

/**
 * An agency sees what it reported itself, and nothing of what others reported of the same overdose. The event that joins them is no
 * type of the API at all: rooms above show of it what their own rows allow.
 */
export const overdoseResources = {
  OverdoseReport: {
    fields: {
      ...classed('RECEIPT', ['id', 'clientId', 'receivedAt', 'revision', 'retractedAt', 'retractedBecause', 'isApart']),
      ...classed('INCIDENT', [
        'occurredAt',
        'isTimeKnown',
        'county',
        'latitude',
        'longitude',
        'place',
        'isFatal',
        'isNaloxoneGiven',
        'doses',
        'suspectedSubstances',
        'hasChildrenPresent',
        'hasOthersPresent',
        'transport',
        'residenceCounty',
        'revisions',
        'warnings',
      ]),
      ...classed('IDENTITY', ['person', 'episode', 'residence', 'ageYears', 'sex']),
    },
    leadsTo: { person: 'Person', episode: 'Episode', revisions: 'OverdoseReportRevision' },
    grants: [{ relation: 'OWN_AGENCY', roles: RESPONDERS, classes: ['RECEIPT', 'INCIDENT', 'IDENTITY'] }],
    commands: {
      read: byOwnAgency,
      report: [{ relation: 'ANYONE', roles: RESPONDERS }],
      correct: byOwnAgency,
      retract: byOwnAgency,
      setApart: byOwnAgency,
    },
    source: {
      subject: 'OverdoseReport',
      subjectIn: 'id',
      from: { INCIDENT: ['agencyId'], IDENTITY: ['agencyId'] },
    },
  },
  /** Part of a report that is shown whole or not at all. */
  NaloxoneDoses: {
    fields: { by: 'DIRECTORY', count: 'DIRECTORY' },
    grants: [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }],
    commands: {},
  },
  OverdoseReportRevision: {
    fields: { ...classed('INCIDENT', ['revision', 'at', 'because', 'changed']), person: 'IDENTITY' },
    leadsTo: { person: 'Person' },
    grants: [{ relation: 'OWN_AGENCY', roles: RESPONDERS, classes: ['INCIDENT', 'IDENTITY'] }],
    commands: {},
    source: {
      subject: 'OverdoseReport',
      subjectIn: 'reportId',
      from: { INCIDENT: ['agencyId'], IDENTITY: ['agencyId'] },
    },
  },
} as const satisfies Record<string, Resource>;
