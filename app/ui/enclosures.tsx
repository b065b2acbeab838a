import type { Enclosure } from '@/lib/feed/types';
import { leaveOutShown } from './leave-out-shown';
import { MediaPlayer } from './media-player';

function formatBytes(bytes: number): string {
  const units = ['kB', 'MB', 'GB'];
  let size = bytes / 1000;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000;
    unit += 1;
  }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

function fileName(url: string): string {
  const last = URL.parse(url)?.pathname.split('/').findLast(Boolean);
  if (last === undefined) return 'File';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

function Player({ enclosure }: { enclosure: Enclosure }) {
  // Pages load nothing that is not encrypted (Content-Security-Policy).
  const src = enclosure.url.replace(/^http:/i, 'https:');
  const kind = enclosure.type?.split('/')[0];
  const label = fileName(enclosure.url);
  if (kind === 'audio' || kind === 'video')
    return <MediaPlayer key={src} kind={kind} url={src} label={label} />;
  if (kind === 'image') {
    return (
      // biome-ignore lint/performance/noImgElement: the picture is on its author's site, not ours to resize
      <img
        src={src}
        alt=""
        loading="lazy"
        referrerPolicy="no-referrer"
        className="max-h-[32rem] max-w-full rounded-lg"
      />
    );
  }
  return null;
}

export interface EnclosuresProps {
  enclosures: Enclosure[];
  /** The article: pictures and films that it shows are not shown again. */
  html: string;
}

/** The files that came with an item: to hear, to see, or to take along. */
export function Enclosures({ enclosures, html }: EnclosuresProps) {
  const shown = leaveOutShown(enclosures, html);
  if (shown.length === 0) return null;
  return (
    <section aria-label="Attachments" className="mt-10 border-t border-line pt-6">
      <ul className="grid gap-3">
        {shown.map((enclosure) => (
          <li key={enclosure.url} className="grid gap-2">
            <Player enclosure={enclosure} />
            <a
              href={enclosure.url}
              rel="noreferrer"
              className="inline-flex min-h-11 items-center gap-2 justify-self-start text-sm text-accent hover:underline lg:min-h-8"
            >
              <span aria-hidden="true">↓</span>
              <bdi className="min-w-0">{fileName(enclosure.url)}</bdi>
              <span className="shrink-0 text-muted">
                {[
                  enclosure.type,
                  enclosure.length && enclosure.length > 0 ? formatBytes(enclosure.length) : null,
                ]
                  .filter(Boolean)
                  .join(', ')}
              </span>
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
