import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One registry per process. No label ever carries an id or a client's own text: names here are ours and few. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry });

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export const httpSeconds = new Histogram({
  name: 'handrail_http_request_seconds',
  help: 'Duration of HTTP requests, by method, route and status.',
  labelNames: ['method', 'route', 'status'] as const,
  buckets: SECONDS,
  registers: [registry],
});

export const operationSeconds = new Histogram({
  name: 'handrail_graphql_operation_seconds',
  help: 'Duration of GraphQL operations, by kind and root field.',
  labelNames: ['kind', 'field'] as const,
  buckets: SECONDS,
  registers: [registry],
});

export const refusals = new Counter({
  name: 'handrail_refusals_total',
  help: 'Commands answered with a refusal, by code.',
  labelNames: ['code'] as const,
  registers: [registry],
});

export const faults = new Counter({
  name: 'handrail_faults_total',
  help: 'Unexpected errors, each with a log line and a request id.',
  registers: [registry],
});

export const auditFailures = new Counter({
  name: 'handrail_audit_failures_total',
  help: 'Times the audit trail could not be written while the database answered. Whoever asked was told to ask again.',
  registers: [registry],
});

export const brokenCommits = new Counter({
  name: 'handrail_broken_commits_total',
  help: 'Transactions that COMMIT rolled back, by operation: a statement whose failure nobody heard of. Whoever asked was told to ask again.',
  labelNames: ['operation'] as const,
  registers: [registry],
});

export const brokenPromises = new Gauge({
  name: 'handrail_broken_promises',
  help: 'Records that break what must always hold, by check, up to ten; looked for once a minute by processes that run jobs.',
  labelNames: ['check'] as const,
  registers: [registry],
});

export const unauthenticatedCalls = new Counter({
  name: 'handrail_unauthenticated_total',
  help: 'Requests without a valid sign-in that needed one. They are nobody’s, so no agency’s audit trail has them.',
  registers: [registry],
});

export const messagesSent = new Counter({
  name: 'handrail_messages_total',
  help: 'Attempts to send a message to a person, by channel and how they ended.',
  labelNames: ['channel', 'code'] as const,
  registers: [registry],
});

export const liveConnections = new Gauge({
  name: 'handrail_live_connections',
  help: 'Open WebSocket connections, signed in or about to.',
  registers: [registry],
});

export const liveSent = new Counter({
  name: 'handrail_live_sent_total',
  help: 'Events sent to subscribers, by subscription.',
  labelNames: ['subscription'] as const,
  registers: [registry],
});

export const liveDropped = new Counter({
  name: 'handrail_live_dropped_total',
  help: 'Events not sent: joined with one that waits for the same record, or nothing in them the subscriber may see.',
  labelNames: ['subscription', 'reason'] as const,
  registers: [registry],
});

export const liveClosed = new Counter({
  name: 'handrail_live_closed_total',
  help: 'WebSocket connections closed, by reason.',
  labelNames: ['reason'] as const,
  registers: [registry],
});

export const liveLag = new Histogram({
  name: 'handrail_live_lag_seconds',
  help: 'Age of news when this process read it, by the clock of the database.',
  buckets: SECONDS,
  registers: [registry],
});
