import { RESPONDERS, type FieldClass, type Resource } from '../policy';

const classed = (fieldClass: FieldClass, fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, fieldClass]));

/** Whoever works where drugs are: at the scene, in the property room, on a visit. */
const EXPOSED = [...RESPONDERS, 'EVIDENCE_CUSTODIAN', 'OUTREACH_WORKER', 'COORDINATOR', 'SAFETY_OFFICER'] as const;
const CARRIERS = [...RESPONDERS, 'OUTREACH_WORKER', 'COORDINATOR'] as const;
const KEEPERS = ['SAFETY_OFFICER', 'COORDINATOR'] as const;
const STOCK = [...CARRIERS, 'SAFETY_OFFICER'] as const;

const ofOwnStock = [{ relation: 'OWN_AGENCY', roles: STOCK, classes: ['COUNTS'] }] as const;
const readsStock = [{ relation: 'ANYONE', roles: STOCK }] as const;
const byKeeper = [{ relation: 'OWN_AGENCY', roles: KEEPERS }] as const;
const bySupplier = [{ relation: 'SUPPLIER', roles: KEEPERS }] as const;
const bySafetyOfficer = [{ relation: 'OWN_AGENCY', roles: ['SAFETY_OFFICER'] }] as const;

export const responderResources = {
  /** What a responder was exposed to: theirs, and their safety officer’s. Never on a record of whoever was helped. */
  Exposure: {
    fields: classed('EXPOSURE', [
      ...['id', 'responderName', 'exposed', 'occurredAt', 'reportedAt', 'county', 'substances', 'routes', 'symptoms'],
      ...['protection', 'naloxoneDoses', 'wentToHospital', 'state', 'dueAt', 'isOverdue', 'reviewedAt', 'closedAt'],
      'outcome',
    ]),
    grants: [
      { relation: 'SELF', roles: EXPOSED, classes: ['EXPOSURE'] },
      { relation: 'OWN_AGENCY', roles: ['SAFETY_OFFICER'], classes: ['EXPOSURE'] },
    ],
    commands: {
      read: [{ relation: 'ANYONE', roles: EXPOSED }],
      report: [{ relation: 'ANYONE', roles: EXPOSED }],
      add: [{ relation: 'SELF', roles: EXPOSED }],
      review: bySafetyOfficer,
      close: bySafetyOfficer,
    },
    source: { subject: 'Exposure', subjectIn: 'id', from: { EXPOSURE: [] } },
  },
  /** Doses, and no person: whoever carries them sees how many there are. */
  NaloxoneStock: {
    fields: classed('COUNTS', [
      ...['id', 'usable', 'expiring', 'expired', 'lowAt', 'level', 'isKept', 'isLow', 'isSpike', 'warnings'],
    ]),
    leadsTo: { warnings: 'StockWarning' },
    grants: ofOwnStock,
    commands: {
      read: readsStock,
      use: [{ relation: 'OWN_AGENCY', roles: CARRIERS }],
      receive: byKeeper,
      discard: byKeeper,
      count: byKeeper,
      setLevel: byKeeper,
    },
  },
  StockWarning: {
    fields: classed('COUNTS', ['kind', 'doses', 'level', 'raisedAt']),
    grants: ofOwnStock,
    commands: {},
  },
  NaloxoneLot: {
    fields: classed('COUNTS', ['id', 'product', 'lotNumber', 'expiresOn', 'onHand', 'isExpired']),
    grants: ofOwnStock,
    commands: { read: readsStock },
  },
  /** The ledger, for whoever answers for it. By the day: a minute would say who was helped. */
  NaloxoneMovement: {
    fields: classed('COUNTS', ['id', 'on', 'kind', 'because', 'change', 'onHand', 'isOnReport', 'lot']),
    leadsTo: { lot: 'NaloxoneLot' },
    grants: [{ relation: 'OWN_AGENCY', roles: KEEPERS, classes: ['COUNTS'] }],
    commands: { read: [{ relation: 'ANYONE', roles: KEEPERS }] },
  },
  /** `OWN_AGENCY` asks, `SUPPLIER` is asked. */
  RestockRequest: {
    fields: classed('COUNTS', [
      ...['id', 'state', 'product', 'doses', 'isSpike', 'requestedAt', 'sentDoses', 'sentAt', 'endedAt', 'because'],
      ...['agency', 'supplier'],
    ]),
    grants: (['OWN_AGENCY', 'SUPPLIER'] as const).map((relation) => ({
      relation,
      roles: KEEPERS,
      classes: ['COUNTS'],
    })),
    commands: {
      read: [{ relation: 'ANYONE', roles: KEEPERS }],
      request: [{ relation: 'ANYONE', roles: KEEPERS }],
      send: bySupplier,
      decline: bySupplier,
      receive: byKeeper,
      cancel: byKeeper,
    },
  },
} as const satisfies Record<string, Resource>;
