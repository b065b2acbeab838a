import type { ReactNode } from 'react';
import type { HubView } from '@/lib/store/settings-views';
import { countOf } from './format-figures';
import { ItemTime } from './item-time';
import { RelativeTime } from './relative-time';

interface HubStateProps {
  hub: HubView;
  asOf: string;
}

const POLLED = 'Until it does, Tidings asks the feed’s server itself, as usual.';

function Pushes({ hub, asOf }: HubStateProps) {
  if (hub.leaseUntil === null) return <>Its lease has ended. {POLLED}</>;
  return (
    <>
      It tells Tidings when there is something new, until{' '}
      <ItemTime at={hub.leaseUntil.toISOString()} asOf={asOf} as="day" />; that is renewed in time.{' '}
      {hub.missed
        ? 'It kept silent about new items lately, so the feed’s server is asked as often as usual until the hub speaks again.'
        : 'The feed’s server itself is asked every six hours at most.'}
    </>
  );
}

function Explanation(props: HubStateProps): ReactNode {
  const { hub, asOf } = props;
  const again =
    hub.askAt === null ? null : (
      <>
        {' '}
        It is asked again <RelativeTime at={hub.askAt.toISOString()} asOf={asOf} as="next" />.
      </>
    );
  switch (hub.state) {
    case 'none':
      return 'It could tell Tidings when there is something new, but has not been asked: that takes an address (BASE_URL) at which it can reach this reader. The feed’s server is asked as usual.';
    case 'active':
      return <Pushes {...props} />;
    case 'denied':
      return (
        <>
          {hub.error ?? 'It refuses to tell of this feed.'} The feed’s server is asked as usual.{again}
        </>
      );
    case 'leaving':
      return 'Tidings is taking leave of it, since the feed no longer names it.';
    case 'pending':
      return hub.error !== null || hub.failures > 1 ? (
        <>
          {hub.error ?? 'It has not confirmed that it will tell of this feed.'}{' '}
          {countOf(hub.failures, 'request')} so far. {POLLED}
          {again}
        </>
      ) : (
        <>It has been asked to tell when there is something new, and has not confirmed that yet. {POLLED}</>
      );
  }
}

/** Which hub tells of a feed's changes, until when, and what happens where it does not. */
export function HubState(props: HubStateProps) {
  const { hub, asOf } = props;
  return (
    <>
      <p>
        <bdi className="break-all">{hub.hub}</bdi>
      </p>
      <p className="mt-1 text-muted">
        <Explanation {...props} />
      </p>
      {hub.state !== 'none' && (
        <p className="mt-1 text-muted">
          {hub.lastPushAt === null ? (
            'No push from it yet.'
          ) : (
            <>
              Last push <RelativeTime at={hub.lastPushAt.toISOString()} asOf={asOf} />.
            </>
          )}
        </p>
      )}
    </>
  );
}
