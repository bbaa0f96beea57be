/** Subject `SpikeAlert`, for the agencies that were told of it. Payload: the county. */
export const SPIKE_ALERT_OPENED = 'spike-alert.opened';
/** A further spike while it is open. */
export const SPIKE_ALERT_UPDATED = 'spike-alert.updated';
/** The counts are back, or a human has dismissed it. */
export const SPIKE_ALERT_CLOSED = 'spike-alert.closed';
/** Subject `AlertAction`. Payload: the alert. */
export const ALERT_ACTION_CHANGED = 'alert-action.changed';
/** Subject `BatchWarning`. */
export const BATCH_WARNING_ISSUED = 'batch-warning.issued';
export const BATCH_WARNING_WITHDRAWN = 'batch-warning.withdrawn';
