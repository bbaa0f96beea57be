export { caregiverMachine } from './caregiver.machine';
export { childReportMachine } from './child-report.machine';
export { SafetyModule } from './safety.module';
