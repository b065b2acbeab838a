import { makeSignal } from './signal';

/** Said when there are items that this tab has not heard of, or when some have been read elsewhere. */
export const news = makeSignal();

/** Said when a part of the page has seen that counts, or the list of feeds, are not what is shown. */
export const outdated = makeSignal();
