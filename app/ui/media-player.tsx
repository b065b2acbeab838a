'use client';

import { type ComponentType, useEffect, useState } from 'react';

interface Media {
  url: string;
  label: string;
}

interface MediaPlayerProps extends Media {
  kind: 'audio' | 'video';
}

const load = async (kind: MediaPlayerProps['kind']): Promise<ComponentType<Media>> =>
  kind === 'audio'
    ? (await import('./audio-player')).AudioPlayer
    : (await import('./video-player')).VideoPlayer;

/** As tall as what comes in its place. */
function Awaited({ kind, url, label }: MediaPlayerProps) {
  if (kind === 'video') return <div className="aspect-video w-full rounded-lg border border-line bg-sunk" />;
  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: feeds do not carry captions */}
      <audio controls preload="none" src={url} aria-label={label} className="w-full" />
      <div className="min-h-11" />
    </div>
  );
}

/** Plays a file. Few articles have one: what plays it comes with those that do; until then the browser's own does. */
export function MediaPlayer(props: MediaPlayerProps) {
  const { kind, url, label } = props;
  const [loaded, setLoaded] = useState<{ Player: ComponentType<Media> } | null>(null);
  useEffect(() => {
    let wanted = true;
    load(kind).then(
      (Player) => wanted && setLoaded({ Player }),
      // The network is away: the browser's own goes on.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [kind]);
  return loaded === null ? <Awaited {...props} /> : <loaded.Player url={url} label={label} />;
}
