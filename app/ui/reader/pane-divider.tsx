'use client';

import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import { PANES, PANES_COOKIE, type PaneName, type PaneWidths, writePanes } from './pane-widths';
import { cookieText } from './reading-settings';

const STEP = 16;

function readWidths(): PaneWidths {
  const style = getComputedStyle(document.documentElement);
  const read = (name: PaneName) => Number.parseInt(style.getPropertyValue(`--${name}-width`), 10);
  return { nav: read('nav') || PANES.nav.usual, list: read('list') || PANES.list.usual };
}

/** Draws the line between two panes, and lets it be moved: by pointer or by arrow keys, kept in a cookie. */
export function PaneDivider({ pane, label, width }: { pane: PaneName; label: string; width: number }) {
  const { least, most, usual } = PANES[pane];
  const [now, setNow] = useState(width);
  const hold = useRef<{ x: number; width: number } | null>(null);
  const move = (wanted: number) => {
    const next = Math.round(Math.min(most, Math.max(least, wanted)));
    document.documentElement.style.setProperty(`--${pane}-width`, `${next}px`);
    setNow(next);
  };
  const keep = () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser, nor without HTTPS
    document.cookie = cookieText(PANES_COOKIE, writePanes(readWidths()));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP }[event.key];
    if (by === undefined && event.key !== 'Home') return;
    event.preventDefault();
    move(by === undefined ? usual : now + by);
    keep();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    hold.current = { x: event.clientX, width: now };
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a rule that can be moved is no <hr>
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={now}
      aria-valuemin={least}
      aria-valuemax={most}
      tabIndex={0}
      className="divider"
      data-divides={pane}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        if (hold.current !== null) move(hold.current.width + event.clientX - hold.current.x);
      }}
      onPointerUp={() => {
        hold.current = null;
        keep();
      }}
      onDoubleClick={() => {
        move(usual);
        keep();
      }}
    />
  );
}
