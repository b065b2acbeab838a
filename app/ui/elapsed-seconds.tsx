'use client';

import { useEffect, useState } from 'react';

/** How many seconds somebody has been waiting here. For the eye only: spoken, it would never be silent. */
export function ElapsedSeconds() {
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const start = performance.now();
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - start) / 1000)), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden="true" className="shrink-0 text-sm text-muted tabular-nums">
      {seconds === null ? '' : `${seconds} s`}
    </span>
  );
}
