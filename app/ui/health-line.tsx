'use client';

import { useEffect, useState } from 'react';
import type { Trouble } from '@/lib/store/health-views';
import { whenLater } from './reader/load-later';

/**
 * One line, at the foot of whatever is being read, when something is wrong with us rather than with a feed;
 * nothing at all while all is well. It lies over the page, so that nothing moves when it comes or goes.
 *
 * @param troubles as the server knew them when it rendered.
 */
export function HealthLine({ troubles: rendered }: { troubles: Trouble[] }) {
  const [troubles, setTroubles] = useState(rendered);
  useEffect(() => whenLater(({ followTroubles }) => followTroubles(setTroubles)), []);
  const [worst] = troubles;
  return (
    <div role="status" aria-label="Tidings itself">
      {worst !== undefined && (
        <p key={worst.code} data-trouble={worst.code} className="trouble">
          {worst.message}
        </p>
      )}
    </div>
  );
}
