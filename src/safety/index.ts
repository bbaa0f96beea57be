export { caregiverMachine } from './caregiver.machine';
export { childReportMachine } from './child-report.machine';
export { ChildReportsLoaders } from './child-reports.loaders';
export { CHILD_REPORTED, CHILD_UNSETTLED, HANDLE_WITH_CARE_SENT } from './notice.events';
export { NoticesLoaders } from './notices.loaders';
export { SafetyModule } from './safety.module';
