'use client';

import type { EnclosuresProps } from './enclosures';
import { makeLatePart } from './reader/late-part';

function Unreachable() {
  return <p className="mt-10 text-muted">What came with this item could not be loaded.</p>;
}

/** The files that came with an item: most have none, and what shows them comes with the first that has. */
export const { Part: LateEnclosures, expectPart: expectEnclosures } = makeLatePart<EnclosuresProps>(
  async () => (await import('./enclosures')).Enclosures,
  Unreachable,
);
