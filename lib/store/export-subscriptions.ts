import { openStore } from './client';

export interface ExportedSubscriptions {
  feeds: { url: string; title: string | null; siteUrl: string | null; folder: string | null }[];
  /** Names of all folders, in the order that they are shown in. */
  folders: string[];
}

/**
 * @returns everything that a reader follows. A feed of one's own is exported by the address that others have, too: its
 * password is not. The site of a feed that has never been read is the one that an import has named.
 */
export async function exportSubscriptions(userId: number): Promise<ExportedSubscriptions> {
  const feeds = await openStore().$queryRaw<ExportedSubscriptions['feeds']>`
    SELECT regexp_replace(f.url, '#private-[0-9]+$', '') AS url, COALESCE(NULLIF(s.title, ''), NULLIF(f.title, '')) AS title, folder.name AS folder,
      COALESCE(f.site_url, (
        SELECT r.site_url FROM import_rows r JOIN imports i ON i.id = r.import_id
        WHERE r.feed_id = f.id AND i.user_id = ${userId} AND r.site_url IS NOT NULL ORDER BY i.id DESC LIMIT 1
      )) AS "siteUrl"
    FROM subscriptions s JOIN feeds f ON f.id = s.feed_id LEFT JOIN folders folder ON folder.id = s.folder_id
    WHERE s.user_id = ${userId} ORDER BY s.id`;
  const folders = await openStore().folder.findMany({
    where: { userId },
    orderBy: [{ position: 'asc' }, { name: 'asc' }],
    select: { name: true },
  });
  return { feeds, folders: folders.map(({ name }) => name) };
}
