export { CustodyAlertsService } from './custody-alerts.service';
export { custodyMachine } from './custody.machine';
export { labFindings, type LabFinding } from './engine/vocabulary';
export { LABORATORY_RESULT_RECORDED } from './surrender.events';
export { SurrendersModule } from './surrenders.module';
