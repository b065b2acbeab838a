import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { removeFeed } from '@/app/feeds/actions';
import { saveSettings } from '@/app/feeds/settings-actions';
import { DoneLine } from '@/app/ui/done-line';
import { FeedButton } from '@/app/ui/feed-button';
import { FeedSettingsForm } from '@/app/ui/feed-settings-form';
import { FeedTile } from '@/app/ui/feed-tile';
import { PageLink } from '@/app/ui/page-link';
import { parseId } from '@/app/ui/parse-id';
import type { SearchParams } from '@/app/ui/read-before';
import { SettingsSection } from '@/app/ui/settings-section';
import { currentUser } from '@/lib/auth/current-user';
import { listFolders } from '@/lib/store/read-folders';
import { readFeedSettings } from '@/lib/store/read-settings';
import { USUAL_KEPT } from '@/lib/store/retention';
import { AccessSections } from './access-sections';

interface SettingsPageProps {
  params: Promise<{ id: string }>;
  searchParams: SearchParams;
}

const loadSettings = cache(async (segment: string) => {
  const id = parseId(segment);
  if (id === null) notFound();
  const user = await currentUser();
  const feed = await readFeedSettings(user.id, id);
  return feed === null ? notFound() : { userId: user.id, feed };
});

export async function generateMetadata({ params }: SettingsPageProps): Promise<Metadata> {
  const { feed } = await loadSettings((await params).id);
  return { title: `Settings of ${feed.title ?? feed.feedTitle}` };
}

/** What a reader can set for one feed. */
export default async function FeedSettingsPage({ params, searchParams }: SettingsPageProps) {
  const { did } = await searchParams;
  const { userId, feed } = await loadSettings((await params).id);
  const folders = await listFolders(userId);
  return (
    <>
      <p className="text-sm">
        <PageLink
          href={`/feeds/${feed.id}`}
          className="inline-flex min-h-11 items-center gap-2.5 text-accent hover:underline"
        >
          <FeedTile feedId={feed.id} title={feed.title ?? feed.feedTitle} icon={feed.icon} size="small" />
          <bdi>{feed.title ?? feed.feedTitle}</bdi>
        </PageLink>
      </p>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Settings of this feed</h1>
      <div className="mb-8">
        <DoneLine text={did === 'saved' ? 'Saved.' : ''} deed={new Date().toISOString()} />
      </div>
      <FeedSettingsForm feed={feed} folders={folders} usual={USUAL_KEPT} action={saveSettings} />
      <div className="mt-10">
        <AccessSections feed={feed} />
        <SettingsSection
          title="Unsubscribe"
          intro="It is no longer checked for you. What you have starred stays starred, and for a day you can undo it."
        >
          <FeedButton feedId={feed.id} action={removeFeed} busy="Removing…">
            Unsubscribe
          </FeedButton>
        </SettingsSection>
      </div>
    </>
  );
}
