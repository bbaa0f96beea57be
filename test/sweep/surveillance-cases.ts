import type { Case } from './cases';

const onAction = (command: string): Case => ({
  asks: `AlertAction:${command}`,
  on: 'action',
  variables: (actionId) => ({ input: { actionId } }),
});
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();

/** Sudden rises, warnings and reports. */
export const surveillanceCases: Readonly<Record<string, Case>> = {
  alertChoice: { asks: 'AlertChoice:read', variables: () => ({}) },
  batchWarnings: { asks: 'BatchWarning:read', variables: () => ({ first: 20 }) },
  replaySpikes: {
    asks: 'SpikeReplay:read',
    variables: () => ({ countyFips: '39141', from: daysAgo(30), until: daysAgo(2) }),
  },
  report: { asks: 'Report:read', variables: () => ({ kind: 'OVERDOSES', year: 2026, by: 'YEAR' }) },
  spikeAlert: { asks: 'SpikeAlert:read', on: 'alert', variables: (id) => ({ id }) },
  spikeAlerts: { asks: 'SpikeAlert:read', variables: () => ({ first: 20 }) },
  spikeChart: { asks: 'SpikeChart:read', variables: () => ({ countyFips: '39141', days: 30 }) },
  chooseNeighbourAlerts: { asks: 'AlertChoice:choose', variables: () => ({ input: { neighbours: 'STRONG' } }) },
  completeAlertAction: onAction('complete'),
  declineAlertAction: onAction('decline'),
  dismissSpikeAlert: {
    asks: 'SpikeAlert:dismiss',
    on: 'alert',
    variables: (alertId) => ({ input: { alertId, reason: 'EXERCISE' } }),
  },
  issueBatchWarning: {
    asks: 'BatchWarning:issue',
    variables: () => ({ input: { countyFips: ['39141'], basis: 'FIELD', contents: ['NOT_KNOWN'] } }),
  },
  takeAlertAction: onAction('take'),
  withdrawBatchWarning: {
    asks: 'BatchWarning:withdraw',
    on: 'warning',
    variables: (warningId) => ({ input: { warningId } }),
  },
};
