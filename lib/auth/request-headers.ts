/** Set for each request by the web process itself (scripts/launch/mark-requests.ts), whatever a client sends. */
export const PATH_HEADER = 'x-tidings-path';
