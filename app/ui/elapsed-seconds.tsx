'use client';

import { useEffect, useState } from 'react';

/**
 * How many seconds somebody has been waiting. For the eye only: spoken, it would never be silent.
 *
 * @param waited seconds at the time of rendering: what came before counts too.
 */
export function ElapsedSeconds({ waited }: { waited: number }) {
  // Later answers of the server would only set the clock back to what it shows.
  const [before] = useState(waited);
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const start = performance.now() - before * 1000;
    const timer = setInterval(() => setSeconds(Math.floor((performance.now() - start) / 1000)), 1000);
    return () => clearInterval(timer);
  }, [before]);
  return (
    <span aria-hidden="true" className="shrink-0 text-sm text-muted tabular-nums">
      {seconds === null ? '' : `${seconds} s`}
    </span>
  );
}
