import { EVERYONE, type FieldClass, type Resource } from '../policy';

const custody = (fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, 'CUSTODY']));

const KEEPERS = ['EVIDENCE_CUSTODIAN'] as const;
/** Whoever is handed something or hands it on: officers by the id they were given, the keeper of the room by the list. */
const HANDS = ['OFFICER', 'EVIDENCE_CUSTODIAN'] as const;

const byKeeper = [{ relation: 'OWN_AGENCY', roles: KEEPERS }] as const;
const byHand = [{ relation: 'OWN_AGENCY', roles: HANDS }] as const;
const callingKeeper = [{ relation: 'ANYONE', roles: KEEPERS }] as const;
const callingHand = [{ relation: 'ANYONE', roles: HANDS }] as const;
const inTheRoom = [{ relation: 'OWN_AGENCY', roles: KEEPERS, classes: ['CUSTODY'] }] as const;
const open = [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }] as const;

export const surrenderResources = {
  /** In the annex of the agency: `OWN_AGENCY` is the property room. No person in it, and no way to one. */
  Surrender: {
    fields: {
      id: 'RECEIPT',
      state: 'RECEIPT',
      // As finely as an officer may know: their own referrals have their minutes.
      receivedOn: 'RECEIPT',
      shift: 'RECEIPT',
      ...custody([
        'openedAt',
        'promiseVersion',
        'propertyNumber',
        'sealNumber',
        'description',
        'sealedGrossWeightGrams',
        'place',
        'laboratory',
        'dueAt',
        'events',
        'alerts',
      ]),
    },
    leadsTo: { events: 'CustodyEvent', alerts: 'CustodyAlert' },
    grants: [{ relation: 'OWN_AGENCY', roles: HANDS, classes: ['RECEIPT'] }, ...inTheRoom],
    commands: {
      read: callingHand,
      list: callingKeeper,
      open: callingHand,
      countersign: byHand,
      release: byHand,
      receive: byHand,
      receiveAtLaboratory: byKeeper,
      recordResult: byKeeper,
      releaseFromLaboratory: byKeeper,
      proposeDestruction: byKeeper,
      witnessDestruction: byHand,
    },
    isApart: true,
  },
  CustodyEvent: {
    fields: custody([
      'id',
      'position',
      'at',
      'command',
      'state',
      'byName',
      'otherName',
      'place',
      'sealNumber',
      'sealedGrossWeightGrams',
      'findings',
      'reference',
    ]),
    grants: inTheRoom,
    commands: {},
    isApart: true,
  },
  CustodyAlert: {
    fields: custody(['id', 'kind', 'position', 'raisedAt', 'dueAt', 'isOverdue', 'finding', 'answeredAt', 'surrender']),
    leadsTo: { surrender: 'Surrender' },
    grants: inTheRoom,
    commands: { read: callingKeeper, answer: byKeeper },
    isApart: true,
  },
  /** A surrender with its chain, on paper. */
  CustodyReport: {
    fields: custody(['pdf', 'sha256', 'madeAt']),
    grants: inTheRoom,
    commands: { read: callingKeeper },
    isApart: true,
  },
  /** Whether a token that somebody brings belongs to a surrender. */
  SlipCheck: {
    fields: custody(['isMatch']),
    grants: inTheRoom,
    commands: { check: callingKeeper },
    isApart: true,
  },
  /** What is shown before anything is handed over. */
  NoArrestPromise: {
    fields: {
      version: 'DIRECTORY',
      language: 'DIRECTORY',
      title: 'DIRECTORY',
      promise: 'DIRECTORY',
      exclusions: 'DIRECTORY',
      hash: 'DIRECTORY',
    },
    grants: open,
    commands: { read: [{ relation: 'ANYONE', roles: EVERYONE }] },
    // That it was asked for tells that somebody is about to hand something over.
    isApart: true,
  },
  PromiseExclusion: { fields: { code: 'DIRECTORY', text: 'DIRECTORY' }, grants: open, commands: {}, isApart: true },
} as const satisfies Record<string, Resource>;
