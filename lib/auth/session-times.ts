/** How long a browser stays signed in that one does not come back with, in seconds. */
export const SESSION_S = 60 * 86_400;
/** How long after that time has begun it begins anew when one does. */
export const PROLONG_S = 86_400;
/** How long after signing in somebody without a password may do what others are asked theirs for, in seconds. */
export const FRESH_S = 15 * 60;
