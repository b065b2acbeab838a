'use client';

import { useEffect, useRef } from 'react';
import { whenLater } from './load-later';
import { PANES, type PaneName } from './pane-widths';

/** Draws the line between two panes. What lets it be moved comes a moment after the page. */
export function PaneDivider({ pane, label, width }: { pane: PaneName; label: string; width: number }) {
  const { least, most } = PANES[pane];
  const divider = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = divider.current;
    if (element !== null) return whenLater(({ moveDivider }) => moveDivider(element, pane));
  }, [pane]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>
    <div
      ref={divider}
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className="divider"
      data-divides={pane}
    />
  );
}
