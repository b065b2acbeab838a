import { readReadingSettings } from '@/app/(reader)/read-settings';
import { answer } from '@/app/api/answer';
import { exportUser } from '@/lib/service/export-user';

export const dynamic = 'force-dynamic';

/** All that is the reader's own, as a file. */
export const GET = answer(async ({ user }) => {
  const day = new Date().toISOString().slice(0, 10);
  return new Response(exportUser(user.id, await readReadingSettings()), {
    headers: {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="tidings-${day}.json"`,
      'Cache-Control': 'no-store',
    },
  });
});
