'use client';

import { useState } from 'react';

/** A film, which is asked for when somebody wants to see it. */
export function VideoPlayer({ url, label }: { url: string; label: string }) {
  const [wanted, setWanted] = useState(false);
  if (!wanted) {
    return (
      <button
        type="button"
        onClick={() => setWanted(true)}
        className="grid aspect-video w-full place-items-center rounded-lg border border-line bg-sunk font-medium hover:border-accent hover:text-accent"
      >
        <span>
          <span aria-hidden="true">▶ </span>Play {label}
        </span>
      </button>
    );
  }
  return (
    // biome-ignore lint/a11y/useMediaCaption: feeds do not carry captions
    <video
      controls
      autoPlay
      src={url}
      aria-label={label}
      className="aspect-video w-full rounded-lg bg-sunk"
    />
  );
}
