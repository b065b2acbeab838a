import { restoreSubscriptions } from '@/lib/store/end-subscriptions';

/** As PostgreSQL reads a UUID. */
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Brings back subscriptions that were ended together, as they were.
 *
 * @param undo from `unsubscribe` or `unsubscribeMany`; anything else brings back nothing.
 * @returns the ids of their feeds; none when it is too late.
 */
export async function undoUnsubscribe(request: { userId: number; undo: string }): Promise<number[]> {
  return UUID.test(request.undo) ? restoreSubscriptions(request.userId, request.undo) : [];
}
