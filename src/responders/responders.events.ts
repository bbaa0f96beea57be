/** A responder was exposed. Subject `Exposure`: for the agency's safety officer and the responder. */
export const EXPOSURE_REPORTED = 'exposure.reported';
/** A step of it; details `command`. */
export const EXPOSURE_MOVED = 'exposure.moved';
/** Doses came or went. Subject `NaloxoneLot`; details `kind`, `because`, `change`. */
export const NALOXONE_MOVED = 'naloxone.moved';
/** An agency is warned of its stock. Subject `StockWarning`; payload `kind`. */
export const STOCK_WARNING_RAISED = 'naloxone.warning-raised';
/** What it warned of holds no more. */
export const STOCK_WARNING_ENDED = 'naloxone.warning-ended';
/** A step of a restock request. Subject `RestockRequest`; payload `state`, `isSpike`. */
export const RESTOCK_MOVED = 'naloxone.restock-moved';
