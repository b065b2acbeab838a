/** How long a browser stays signed in that one does not come back with, in seconds. */
export const SESSION_S = 60 * 86_400;
/** How long after that time has begun it begins anew when one does. */
export const PROLONG_S = 86_400;
