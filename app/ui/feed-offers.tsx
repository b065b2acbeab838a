import type { FeedOffer } from '@/lib/feed/types';
import { SubmitButton } from './submit-button';

interface FeedOffersProps {
  feedId: number;
  /** The first is the one that is read already. */
  offers: FeedOffer[];
  choose: (form: FormData) => Promise<void>;
}

/** Asks which of a site's feeds are meant, while the one that seemed best is read already. */
export function FeedOffers({ feedId, offers, choose }: FeedOffersProps) {
  if (offers.length === 0) return null;
  return (
    <section
      aria-label="Feeds of this site"
      className="mt-4 rounded-xl border border-line bg-accent-wash p-5 sm:px-6"
    >
      <p className="font-semibold">This site has {offers.length} feeds</p>
      <p className="mt-1 text-[0.9375rem] text-muted">
        The first is being read already. Choose what you would like to follow.
      </p>
      <form action={choose} className="mt-3">
        <input type="hidden" name="feedId" value={feedId} />
        <ul>
          {offers.map(({ url, title }, index) => (
            <li key={url}>
              <label className="flex min-h-11 items-center gap-3 py-1">
                <input
                  type="checkbox"
                  name="offer"
                  value={url}
                  defaultChecked={index === 0}
                  className="size-5 shrink-0"
                />
                <span className="min-w-0">
                  <bdi className="block text-[0.9375rem] font-medium">{title ?? url}</bdi>
                  {title !== null && <bdi className="block text-sm break-all text-muted">{url}</bdi>}
                </span>
              </label>
            </li>
          ))}
        </ul>
        <div className="mt-3 flex flex-wrap gap-3">
          <SubmitButton look="strong" busy="One moment…" name="do" value="choose">
            Follow what is chosen
          </SubmitButton>
          <SubmitButton look="plain" busy="One moment…" name="do" value="keep">
            Just the first
          </SubmitButton>
        </div>
      </form>
    </section>
  );
}
