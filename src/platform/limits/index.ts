export { Doorkeeper } from './doorkeeper';
export { type LimitSettings } from './limit-settings';
export { LimitsModule } from './limits.module';
export { OperationLimits } from './operation-limits';
