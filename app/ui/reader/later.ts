/**
 * What no page needs to be seen, but every page when the network is gone: it comes once a page has nothing else to do,
 * or is wanted.
 */
export { followTroubles } from './follow-troubles';
export { Keys } from './keys';
export { lookAgain, lookForFresh, noteRendered, revealFresh } from './look-again';
export { markAll, markBeside, markOlder } from './mark-all';
export { moveDivider } from './move-divider';
export { startPulse } from './pulse';
export { refreshList } from './refresh-list';
