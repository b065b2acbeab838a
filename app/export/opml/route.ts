import { currentUser } from '@/lib/auth/current-user';
import { exportOpml } from '@/lib/service/export-opml';

export const dynamic = 'force-dynamic';

/** The reader's subscriptions, for any other reader to import. */
export async function GET(): Promise<Response> {
  const user = await currentUser();
  const day = new Date().toISOString().slice(0, 10);
  return new Response(await exportOpml(user.id), {
    headers: {
      'Content-Type': 'text/x-opml; charset=utf-8',
      'Content-Disposition': `attachment; filename="tidings-${day}.opml"`,
      'Cache-Control': 'no-store',
    },
  });
}
