export { AlertsService } from './alerts.service';
export { alertActionMachine } from './alert-action.machine';
export { drawChart, type Chart, type ChartStep } from './engine/chart';
export { spikeAlertMachine } from './spike-alert.machine';
export { SurveillanceLoaders } from './surveillance.loaders';
export { SurveillanceModule } from './surveillance.module';
export {
  BATCH_WARNING_ISSUED,
  SPIKE_ALERT_CLOSED,
  SPIKE_ALERT_OPENED,
  SPIKE_ALERT_UPDATED,
} from './surveillance.events';
