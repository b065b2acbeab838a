'use client';

import { useEffect, useRef, useState } from 'react';

const SPEEDS = [0.8, 1, 1.2, 1.5, 1.75, 2] as const;
const SPEED_KEY = 'tidings.speed';
const PLACES_KEY = 'tidings.places';
/** So many are remembered. */
const KEPT = 200;
/** Seconds: whoever heard so little begins anew, and what is this near its end has been heard. */
const BEGUN = 10;
const NEAR_END = 20;
const SAVED_EVERY_MS = 4000;

type Places = [url: string, seconds: number][];

function readStored<Value>(key: string, isValue: (value: unknown) => value is Value): Value | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return isValue(value) ? value : null;
  } catch {
    // Forbidden, or not ours.
    return null;
  }
}

function store(key: string, value: unknown) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Full or forbidden: then it is not remembered.
    return;
  }
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isPlaces = (value: unknown): value is Places => Array.isArray(value);

function readPlace(url: string): number {
  return readStored(PLACES_KEY, isPlaces)?.find(([at]) => at === url)?.[1] ?? 0;
}

function savePlace(url: string, audio: HTMLAudioElement) {
  const others = (readStored(PLACES_KEY, isPlaces) ?? []).filter(([at]) => at !== url);
  const { currentTime, duration } = audio;
  const worth = currentTime > BEGUN && !(duration - currentTime < NEAR_END);
  store(PLACES_KEY, [...(worth ? [[url, Math.floor(currentTime)]] : []), ...others].slice(0, KEPT));
}

/** Plays sound, from where it was left and at the speed that one likes. */
export function AudioPlayer({ url, label }: { url: string; label: string }) {
  const audio = useRef<HTMLAudioElement>(null);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    const element = audio.current;
    if (element === null) return;
    const liked = readStored(SPEED_KEY, isNumber) ?? 1;
    setSpeed(liked);
    element.defaultPlaybackRate = liked;
    element.playbackRate = liked;
    const place = readPlace(url);
    // Before there is anything to hear, this is where it will begin.
    if (place > 0) element.currentTime = place;
    let saved = 0;
    const save = () => savePlace(url, element);
    const tick = () => {
      if (performance.now() - saved < SAVED_EVERY_MS) return;
      saved = performance.now();
      save();
    };
    element.addEventListener('timeupdate', tick);
    element.addEventListener('pause', save);
    return () => {
      element.removeEventListener('timeupdate', tick);
      element.removeEventListener('pause', save);
      if (!element.paused) save();
    };
  }, [url]);
  const choose = (rate: number) => {
    setSpeed(rate);
    store(SPEED_KEY, rate);
    if (audio.current !== null) {
      audio.current.defaultPlaybackRate = rate;
      audio.current.playbackRate = rate;
    }
  };
  return (
    <div className="grid gap-2">
      {/* biome-ignore lint/a11y/useMediaCaption: feeds do not carry captions */}
      <audio ref={audio} controls preload="none" src={url} aria-label={label} className="w-full" />
      <fieldset className="flex flex-wrap items-center gap-1">
        <legend className="sr-only">Speed</legend>
        {SPEEDS.map((rate) => (
          <button
            key={rate}
            type="button"
            aria-pressed={speed === rate}
            onClick={() => choose(rate)}
            className="chip tabular-nums"
          >
            {rate}×
          </button>
        ))}
      </fieldset>
    </div>
  );
}
