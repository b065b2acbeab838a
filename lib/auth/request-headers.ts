/** Set for each request by the web process itself (scripts/launch/mark-requests.ts), whatever a client sends. */
export const ADDRESS_HEADER = 'x-tidings-address';
export const PATH_HEADER = 'x-tidings-path';
