export {
  naloxoneGivers,
  suspectedSubstances,
  transports,
  type NaloxoneGiver,
  type RetractionReason,
  type SuspectedSubstance,
  type Transport,
} from './engine/vocabulary';
export { EventFollowers, type EventFollower } from './event-followers';
export { OverdoseEventEntity } from './overdose-event.entity';
export type { EventWindow, ReportOfEvent } from './overdose-events.store';
export { OverdoseSignalEnum } from './overdose.enums';
export { NaloxoneGiverEnum, SuspectedSubstanceEnum, TransportEnum } from './overdose.enums';
export {
  OVERDOSE_EVENT_CHANGED,
  OVERDOSE_EVENT_ENDED,
  OVERDOSE_EVENT_RECORDED,
  OVERDOSE_REPORT_CORRECTED,
  OVERDOSE_REPORT_RETRACTED,
  OVERDOSE_REPORTED,
} from './overdose.events';
export { OverdoseIntakeService } from './overdose-intake.service';
export { importEnds, OverdoseImportService, type ImportedReport, type ImportEnd } from './overdose-import.service';
export { OverdosesLoaders } from './overdoses.loaders';
export { OverdosesModule } from './overdoses.module';
export { OverdosesService, type ReportedPlaces, type ToldRisk } from './overdoses.service';
export { warningsOf } from './report-warnings';
export {
  overdoseSignals,
  type OverdoseSignal,
  type PastOverdose,
  type PersonRisk,
  type RaisedSignal,
} from './engine/person-risk';
