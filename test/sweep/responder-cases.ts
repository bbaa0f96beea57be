import { anExposure } from '../builders/responders';
import type { Case } from './cases';

const page = (asks: Case['asks']): Case => ({ asks, variables: () => ({ first: 20 }) });
const ofStock = (command: string, input: object): Case => ({
  asks: `NaloxoneStock:${command}`,
  variables: () => ({ input }),
});
const onLot = (command: string, input: object): Case => ({
  asks: `NaloxoneStock:${command}`,
  on: 'lot',
  variables: (lotId) => ({ input: { lotId, ...input } }),
});
const onRestock = (command: string, on: 'restockRequested' | 'restockSent', input: object = {}): Case => ({
  asks: `RestockRequest:${command}`,
  on,
  variables: (requestId) => ({ input: { requestId, ...input } }),
});

/** What responders are exposed to, and what they carry. */
export const responderCases: Readonly<Record<string, Case>> = {
  exposures: page('Exposure:read'),
  naloxoneLots: page('NaloxoneLot:read'),
  naloxoneMovements: page('NaloxoneMovement:read'),
  naloxoneStock: { asks: 'NaloxoneStock:read', variables: () => ({}) },
  restockRequests: page('RestockRequest:read'),

  addToExposure: {
    asks: 'Exposure:add',
    on: 'exposureReported',
    variables: (exposureId) => ({ input: { exposureId, wentToHospital: true } }),
  },
  closeExposure: {
    asks: 'Exposure:close',
    on: 'exposureReviewed',
    variables: (exposureId) => ({ input: { exposureId, outcome: 'RECOVERED' } }),
  },
  reportExposure: { asks: 'Exposure:report', variables: () => ({ input: anExposure() }) },
  reviewExposure: {
    asks: 'Exposure:review',
    on: 'exposureReported',
    variables: (exposureId) => ({ input: { exposureId } }),
  },
  countNaloxone: onLot('count', { doses: 3, reason: 'STOCK_TAKING' }),
  discardNaloxone: onLot('discard', { doses: 1, reason: 'DAMAGED' }),
  receiveNaloxone: ofStock('receive', {
    ...{ product: 'NASAL_4_MG', lotNumber: 'SWEPT', expiresOn: '2034-01-01', doses: 2 },
  }),
  setNaloxoneLevel: ofStock('setLevel', { lowAt: 12 }),
  useNaloxone: onLot('use', { use: 'TRAINING', doses: 1 }),
  cancelRestock: onRestock('cancel', 'restockRequested'),
  declineRestock: onRestock('decline', 'restockRequested', { because: 'NONE_TO_SPARE' }),
  receiveRestock: onRestock('receive', 'restockSent'),
  requestRestock: {
    asks: 'RestockRequest:request',
    variables: (_id, { cast }) => ({ input: { supplierId: cast.ANALYST.agencyId, doses: 2 } }),
  },
  sendRestock: onRestock('send', 'restockRequested', { doses: 1 }),
};
