import { buildBag, randomSlip } from '../builders/surrenders';
import type { Case } from './cases';
import type { Kind } from './records';

const found = { place: 'Sample room', sealNumber: 'S', sealedGrossWeightGrams: 12.3 };
const onBag = (command: string, on: Kind, input: object = {}): Case => ({
  asks: `Surrender:${command}`,
  on,
  variables: (surrenderId) => ({ input: { surrenderId, ...input } }),
});

/** How what was handed in is asked for, and sent from hand to hand. */
export const custodyCases: Readonly<Record<string, Case>> = {
  noArrestPromise: { asks: 'NoArrestPromise:read', variables: () => ({ language: 'en' }) },
  custodyAlerts: { asks: 'CustodyAlert:read', variables: () => ({ first: 20 }) },
  custodyReport: { asks: 'CustodyReport:read', on: 'bagHeld', variables: (surrenderId) => ({ surrenderId }) },
  surrender: { asks: 'Surrender:read', on: 'bagHeld', variables: (id) => ({ id }) },
  surrenderSlip: {
    asks: 'SlipCheck:check',
    on: 'bagHeld',
    variables: (surrenderId) => ({ surrenderId, slip: randomSlip() }),
  },
  surrenders: { asks: 'Surrender:list', variables: () => ({ first: 20 }) },

  answerCustodyAlert: {
    asks: 'CustodyAlert:answer',
    on: 'custodyAlert',
    variables: (alertId) => ({ input: { alertId, finding: 'EXPLAINED' } }),
  },
  countersignSurrender: onBag('countersign', 'bagOpened'),
  openSurrender: { asks: 'Surrender:open', variables: () => ({ input: buildBag() }) },
  proposeDestruction: onBag('proposeDestruction', 'bagHeld', found),
  receiveAtLaboratory: onBag('receiveAtLaboratory', 'bagInTransit', {
    ...found,
    ...{ laboratory: 'Sample laboratory', receivedByName: 'Sample chemist' },
  }),
  receiveCustody: onBag('receive', 'bagInTransit', found),
  recordLaboratoryResult: onBag('recordResult', 'bagAtLaboratory', { findings: ['FENTANYL'] }),
  releaseCustody: onBag('release', 'bagHeld', { place: 'Sample room' }),
  releaseFromLaboratory: onBag('releaseFromLaboratory', 'bagAtLaboratory', {
    ...found,
    releasedByName: 'Sample chemist',
  }),
  witnessDestruction: onBag('witnessDestruction', 'bagToBeDestroyed', { place: 'Sample room', method: 'incinerated' }),
};
