/** Handrail has stopped sending to an endpoint; payload `why`. Subject: the endpoint. */
export const WEBHOOK_ENDPOINT_DISABLED = 'webhook-endpoint.disabled';
