'use client';

import { type ComponentType, useEffect, useState } from 'react';
import { takeEarlyKeys } from './early-keys';
import { loadLater } from './load-later';

interface Loaded {
  Keys: ComponentType<{ missed: KeyboardEvent[] }>;
  missed: KeyboardEvent[];
}

/** The keys of the page. What they do comes a moment after the page, or with the first that is pressed. */
export function Keyboard() {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const isLoaded = loaded !== null;
  useEffect(() => {
    if (isLoaded) return;
    const missed = takeEarlyKeys();
    let asked = false;
    const load = () => {
      if (asked) return;
      asked = true;
      loadLater().then(
        ({ Keys }) => setLoaded({ Keys, missed }),
        () => {
          // The network is away: the next key tries again.
          asked = false;
          missed.length = 0;
        },
      );
    };
    const wait = (event: KeyboardEvent) => {
      missed.push(event);
      load();
    };
    if (missed.length > 0) load();
    document.addEventListener('keydown', wait);
    return () => document.removeEventListener('keydown', wait);
  }, [isLoaded]);
  return loaded && <loaded.Keys missed={loaded.missed} />;
}
