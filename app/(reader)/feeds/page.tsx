import type { Metadata } from 'next';
import { changeFeeds, undoRemoval } from '@/app/feeds/health-actions';
import { ButtonLink } from '@/app/ui/button-link';
import { DoneLine } from '@/app/ui/done-line';
import { EndedFeeds } from '@/app/ui/ended-feeds';
import { HealthFilters, HealthSearch } from '@/app/ui/health-filters';
import { HealthForm } from '@/app/ui/health-form';
import { HealthHead } from '@/app/ui/health-head';
import { HealthPages } from '@/app/ui/health-pages';
import { parseHealthQuery, writeHealthQuery } from '@/app/ui/health-query';
import { HealthRow } from '@/app/ui/health-row';
import type { SearchParams } from '@/app/ui/read-before';
import { tellDeed } from '@/app/ui/tell-deed';
import { currentUser } from '@/lib/auth/current-user';
import { listEnded } from '@/lib/store/end-subscriptions';
import { listFeedHealth } from '@/lib/store/read-health';

export const metadata: Metadata = { title: 'Manage feeds' };

function NoFeeds() {
  return (
    <>
      <p className="mt-4 mb-6 text-muted">There are none yet.</p>
      <ButtonLink href="/feeds/new">Add the first one</ButtonLink>
    </>
  );
}

/** All feeds: how each fares, and what to do about it. */
export default async function FeedsPage({ searchParams }: { searchParams: SearchParams }) {
  const params = await searchParams;
  const asked = parseHealthQuery(params);
  const user = await currentUser();
  const [{ feeds, counts, page, pages }, ended] = await Promise.all([
    listFeedHealth(user.id, asked),
    listEnded(user.id),
  ]);
  const query = { ...asked, page };
  const path = writeHealthQuery(query);
  const asOf = new Date().toISOString();
  const none = counts.all === 0 && query.search === '';
  return (
    <div data-wide>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="font-serif text-3xl font-semibold tracking-tight">Manage feeds</h1>
        <div className="flex flex-wrap gap-2">
          <ButtonLink href="/folders">Folders</ButtonLink>
          <ButtonLink href="/import">Import and export</ButtonLink>
        </div>
      </div>
      <DoneLine text={tellDeed(params.did)} deed={asOf} />
      <EndedFeeds ended={ended} latest={params.undo} asOf={asOf} undo={undoRemoval} />
      {none ? (
        <NoFeeds />
      ) : (
        <>
          <div className="mt-5">
            <HealthFilters query={query} counts={counts} />
          </div>
          <HealthSearch query={query} />
          {feeds.length === 0 ? (
            <p className="mt-8 text-muted">No feed is like that.</p>
          ) : (
            <HealthForm
              // Another page is another list: what was chosen on the one is not on the other.
              key={path}
              action={changeFeeds}
              back={path}
              allChosen={`${path}${path.includes('?') ? '&' : '?'}all=1`}
              shown={feeds.length}
              movable={feeds.some((feed) => feed.replacement !== null)}
            >
              <HealthHead />
              <ul aria-label="Feeds">
                {feeds.map((feed) => (
                  <HealthRow key={feed.id} feed={feed} asOf={asOf} chosen={params.all === '1'} />
                ))}
              </ul>
            </HealthForm>
          )}
          <HealthPages query={query} pages={pages} />
        </>
      )}
    </div>
  );
}
