import { Counter } from 'prom-client';
import { registry } from '../health/metrics';

export const limited = new Counter({
  name: 'handrail_rate_limited_total',
  help: 'Requests turned away with RATE_LIMITED, by the budget that was used up: READ, SEARCH, COMMAND, BULK, ANONYMOUS, STRANGER, LOCKED.',
  labelNames: ['what'] as const,
  registers: [registry],
});
