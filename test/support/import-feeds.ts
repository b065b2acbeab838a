/**
 * Adds feeds as an import does: due, but nobody waits for them.
 *
 * @param urls of feeds; those that are there already stay as they are.
 */
export async function importFeeds(userId: number, urls: string[]): Promise<void> {
  // Not at the top: a stage chooses its database before the store is loaded.
  const { openStore } = await import('@/lib/store/client');
  await openStore().$transaction(async (tx) => {
    await tx.$executeRaw`
      WITH added AS (
        INSERT INTO feeds (url, host) SELECT url, split_part(url, '/', 3) FROM unnest(${urls}::text[]) AS url
        ON CONFLICT DO NOTHING RETURNING id
      ) INSERT INTO subscriptions (user_id, feed_id) SELECT ${userId}, id FROM added`;
    await tx.feedSchedule.updateMany({
      where: { feed: { url: { in: urls } }, lastFetchAt: null },
      data: { requestedAt: null },
    });
  });
}
