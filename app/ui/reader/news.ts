import { makeSignal } from './signal';

/** Said when there are items that this tab has not heard of, or when some have been read elsewhere. */
export const news = makeSignal();
