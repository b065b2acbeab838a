import type { FeedHealth } from '@/lib/store/health-views';

type Kind = 'well' | 'waiting' | 'failing' | 'gone';

const LOOKS: Record<Kind, { sign: string; tone: string }> = {
  well: { sign: '●', tone: 'text-accent' },
  waiting: { sign: '◌', tone: 'text-accent' },
  failing: { sign: '▲', tone: 'text-warn' },
  gone: { sign: '✕', tone: 'text-muted' },
};

function tell({ status, waiting }: FeedHealth): { kind: Kind; word: string } {
  if (status === 'fetching') return { kind: 'waiting', word: 'Fetching' };
  if (status === 'queued' || waiting) return { kind: 'waiting', word: 'Waiting' };
  if (status === 'ready') return { kind: 'well', word: 'Well' };
  return status === 'failing' ? { kind: 'failing', word: 'Failing' } : { kind: 'gone', word: 'Gone' };
}

/** How a feed is, in a word, with a sign of another shape for each. */
export function HealthMark({ feed }: { feed: FeedHealth }) {
  const { kind, word } = tell(feed);
  const { sign, tone } = LOOKS[kind];
  return (
    <span className={`inline-flex items-baseline gap-1.5 ${kind === 'well' ? '' : `font-medium ${tone}`}`}>
      <span aria-hidden="true" className={`text-[0.7em] ${tone}`}>
        {sign}
      </span>
      {word}
    </span>
  );
}
