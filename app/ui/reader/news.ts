import { makeSignal } from './signal';

/** Said when there are items that this tab has not heard of, or when some have been read elsewhere. */
export const news = makeSignal();

/** Said when a part of the page has seen that the list of feeds is not what it shows. */
export const outdated = makeSignal();
