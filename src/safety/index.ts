export { caregiverMachine } from './caregiver.machine';
export { childReportMachine } from './child-report.machine';
export { HANDLE_WITH_CARE_SENT } from './notice.events';
export { NoticesLoaders } from './notices.loaders';
export { SafetyModule } from './safety.module';
