'use client';

import { lazy, Suspense } from 'react';

const AudioPlayer = lazy(() => import('./audio-player').then((module) => ({ default: module.AudioPlayer })));
const VideoPlayer = lazy(() => import('./video-player').then((module) => ({ default: module.VideoPlayer })));

interface MediaPlayerProps {
  kind: 'audio' | 'video';
  url: string;
  label: string;
}

/** Plays a file. Few articles have one: what plays it comes with those that do. */
export function MediaPlayer({ kind, ...media }: MediaPlayerProps) {
  return (
    <Suspense fallback={null}>
      {kind === 'audio' ? <AudioPlayer {...media} /> : <VideoPlayer {...media} />}
    </Suspense>
  );
}
