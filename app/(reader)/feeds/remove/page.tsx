import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { changeFeeds } from '@/app/feeds/health-actions';
import { parseIds } from '@/app/feeds/read-order';
import { ButtonLink } from '@/app/ui/button-link';
import { countOf } from '@/app/ui/format-figures';
import { readHealthPath, writeHealthQuery } from '@/app/ui/health-query';
import type { SearchParams } from '@/app/ui/read-before';
import { SubmitButton } from '@/app/ui/submit-button';
import { currentUser } from '@/lib/auth/current-user';
import { readFeedsHealth } from '@/lib/store/read-health';

export const metadata: Metadata = { title: 'Unsubscribe' };

/** Asks whether feeds are to be removed, where no dialog can. */
export default async function RemovePage({ searchParams }: { searchParams: SearchParams }) {
  const { ids, back } = await searchParams;
  const path = writeHealthQuery(readHealthPath(typeof back === 'string' ? back : ''));
  const user = await currentUser();
  const feeds = await readFeedsHealth(user.id, parseIds(typeof ids === 'string' ? ids : ''));
  if (feeds.length === 0) redirect(path);
  return (
    <form action={changeFeeds}>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">
        Unsubscribe from {countOf(feeds.length, 'feed')}?
      </h1>
      <p className="mt-3 text-muted">
        They are no longer checked for you. What you have starred stays starred.
      </p>
      <ul className="mt-5 grid gap-2 border-y border-line py-4">
        {feeds.map((feed) => (
          <li key={feed.id}>
            <input type="hidden" name="feed" value={feed.id} />
            <bdi className="font-medium">{feed.title}</bdi>{' '}
            <span className="text-sm text-muted">{feed.host}</span>
          </li>
        ))}
      </ul>
      <input type="hidden" name="back" value={path} />
      <div className="mt-6 flex flex-wrap items-center gap-3">
        <SubmitButton look="strong" busy="Removing…" name="do" value="remove-now">
          Unsubscribe
        </SubmitButton>
        <ButtonLink href={path}>Keep them</ButtonLink>
      </div>
    </form>
  );
}
