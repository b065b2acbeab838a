'use client';

import { type FocusEvent, type ReactNode, useEffect, useRef } from 'react';

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
    const observer = new MutationObserver(() => {
      if (had.current && document.activeElement === document.body) element.focus({ preventScroll: true });
    });
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
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
