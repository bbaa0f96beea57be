export { HealthModule } from './health.module';
export { faults, httpSeconds, operationSeconds, refusals, registry } from './metrics';
export { READINESS_CHECKS, type ReadinessCheck } from './readiness';
