'use client';

import { type FocusEvent, type ReactNode, useEffect, useRef } from 'react';

/**
 * Where the focus was lost with the whole of it. An action that redirects takes the page that it was on away, and brings it
 * again, if its form is still there when it answers.
 */
let lost: { label: string; path: string; at: number } | null = null;
/** It is back at once. */
const BACK_MS = 3000;

const hasNobodyFocus = () => document.activeElement === document.body;

/** @returns whether the focus was just lost with one of this label on this page. */
function wasLost(label: string): boolean {
  const found = lost;
  lost = null;
  return (
    found?.label === label &&
    found.path === window.location.pathname &&
    performance.now() - found.at < BACK_MS &&
    hasNobodyFocus()
  );
}

/**
 * Takes the focus itself when what had it in here goes away, as a button does that has done its work: whoever came
 * by keyboard goes on from here, and not from the top of the page.
 *
 * @param label what it is, for whom it is read out to then.
 */
export function KeepFocus({
  label,
  className,
  children,
}: {
  label: string;
  className: string;
  children: ReactNode;
}) {
  const place = useRef<HTMLDivElement>(null);
  const had = useRef(false);
  useEffect(() => {
    if (place.current === null) return;
    const element = place.current;
    const takeFocus = () => element.focus({ preventScroll: true });
    if (wasLost(label)) takeFocus();
    const observer = new MutationObserver(() => {
      if (had.current && hasNobodyFocus()) takeFocus();
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      observer.disconnect();
      if (had.current && hasNobodyFocus())
        lost = { label, path: window.location.pathname, at: performance.now() };
    };
  }, [label]);
  const release = ({ target }: FocusEvent) => {
    // What is taken from the page loses the focus, too: it has not gone anywhere else.
    if (target.isConnected) had.current = false;
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div
      ref={place}
      role="group"
      aria-label={label}
      tabIndex={-1}
      className={className}
      onFocus={() => {
        had.current = true;
      }}
      onBlur={release}
    >
      {children}
    </div>
  );
}
