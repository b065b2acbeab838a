import type { Metadata } from 'next';
import { changeFetching } from '@/app/account/fetching-actions';
import { DoneLine } from '@/app/ui/done-line';
import { FailedJobs } from '@/app/ui/failed-jobs';
import { countOf, formatWait } from '@/app/ui/format-figures';
import { ObjectionLine } from '@/app/ui/objection';
import { PageLink } from '@/app/ui/page-link';
import { QueueTable } from '@/app/ui/queue-table';
import type { SearchParams } from '@/app/ui/read-before';
import { SettingsSection } from '@/app/ui/settings-section';
import { SubmitButton } from '@/app/ui/submit-button';
import { WorkerList } from '@/app/ui/worker-list';
import { requireOperator } from '@/lib/auth/manage-accounts';
import { type FetchingView, readFetching } from '@/lib/service/oversee-fetching';
import { SettingsTabs } from '../../settings/settings-tabs';

export const metadata: Metadata = { title: 'Fetching' };

const DONE = new Map([
  ['paused', 'Fetching is paused. What is being fetched at this moment ends; nothing new begins.'],
  ['resumed', 'Fetching goes on: what is due is fetched within half a minute.'],
]);

/** Up to this long is how the sweep and the queue take turns. */
const ON_TIME_S = 5;

function sayBacklog({ due, oldestSeconds }: FetchingView): string {
  if (due === 0 || oldestSeconds < ON_TIME_S) return 'Nothing is late.';
  const many =
    due >= 10_000 ? 'More than 10,000 feeds are' : `${countOf(due, 'feed')} ${due === 1 ? 'is' : 'are'}`;
  return `${many} due, the longest for ${formatWait(oldestSeconds * 1000)}.`;
}

function Now({ view }: { view: FetchingView }) {
  const paused = view.queue?.paused === true;
  return (
    <SettingsSection
      title={paused ? 'Fetching is paused' : 'How it goes'}
      intro={
        <>
          <p className="text-base text-ink">{sayBacklog(view)}</p>
          <p>
            {paused
              ? 'Feeds can be added and read as usual. They are fetched once it goes on.'
              : 'Pause it while the network is down, or before you stop a server that the feeds are on. Reading goes on as usual, and everybody is told.'}
          </p>
        </>
      }
    >
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
        {view.queue !== null && (
          <form action={changeFetching}>
            <SubmitButton
              look={paused ? 'strong' : 'plain'}
              busy="One moment…"
              name="do"
              value={paused ? 'resume' : 'pause'}
            >
              {paused ? 'Go on fetching' : 'Pause fetching'}
            </SubmitButton>
          </form>
        )}
        <PageLink
          href="/admin/fetching"
          className="inline-flex min-h-11 items-center font-medium text-accent underline underline-offset-3"
        >
          Look again
        </PageLink>
      </div>
    </SettingsSection>
  );
}

/** Workers and the queue, for whoever runs the installation: whether feeds are fetched, and why not. */
export default async function FetchingPage({ searchParams }: { searchParams: SearchParams }) {
  await requireOperator();
  const view = await readFetching();
  const { workers, queue } = view;
  const asOf = new Date().toISOString();
  const did = String((await searchParams).did);
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Fetching</h1>
      <SettingsTabs current="/admin/fetching" />
      <DoneLine text={DONE.get(did) ?? ''} deed={asOf} />
      {did === 'nothing' && <ObjectionLine message="The queue does not answer: nothing is changed." />}
      <div className="-mt-px [&>section:first-child]:border-t-0">
        <Now view={view} />
        <SettingsSection
          title="Workers"
          intro={
            workers.length === 0
              ? 'No worker is running: no feed is fetched until one is. `npm start` starts one with the rest; elsewhere it is a process of its own.'
              : 'Each says every five seconds that it is alive.'
          }
        >
          {workers.length > 0 && <WorkerList workers={workers} asOf={asOf} />}
        </SettingsSection>
        <SettingsSection
          title="Queue"
          intro={
            queue === null
              ? 'The queue does not answer. Nothing is lost: what is due stands in the database, and is fetched when the queue is back.'
              : 'A job tells a worker about up to 25 feeds. It ends when they are taken, not when they are fetched.'
          }
        >
          {queue !== null && <QueueTable queues={queue.queues} />}
        </SettingsSection>
        {queue !== null && queue.failed.length > 0 && (
          <SettingsSection
            title="Jobs that failed"
            intro="Not feeds that could not be fetched: those tell it on their own pages. A job fails when the database is away, or on a mistake of ours. Its feeds come back by themselves. A day of them is kept."
          >
            <FailedJobs jobs={queue.failed} asOf={asOf} />
          </SettingsSection>
        )}
      </div>
    </>
  );
}
