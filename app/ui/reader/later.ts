/**
 * What no page needs to be seen, but every page when the network is gone: it comes once a page has nothing else to do,
 * or is wanted.
 */
export { Keys } from './keys';
export { lookAgain, lookForFresh } from './look-again';
export { markAll, markBeside, markOlder } from './mark-all';
export { startPulse } from './pulse';
