'use client';

import { type CSSProperties, type ReactNode, useId, useRef } from 'react';
import { IconButton } from './icon-button';
import type { IconName } from './line-icon';

interface MenuProps {
  icon: IconName;
  label: string;
  /** Before it is shown. */
  onOpen?: () => void;
  children: ReactNode;
}

/**
 * A button and the sheet that it brings: the browser's own popover, which closes by Escape, by a click beside it and
 * by going back on a phone, and gives the focus back.
 */
export function Menu({ icon, label, onOpen, children }: MenuProps) {
  const id = useId();
  const sheet = useRef<HTMLDivElement>(null);
  const anchor = { anchorName: `--${cssName(id)}` } as CSSProperties;
  const anchored = { positionAnchor: `--${cssName(id)}` } as CSSProperties;
  return (
    <>
      <IconButton icon={icon} label={label} popoverTarget={id} style={anchor} />
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons in it are what is clicked, with the keyboard too */}
      {/* biome-ignore lint/a11y/useSemanticElements: a popover of fieldsets, not one itself */}
      <div
        ref={sheet}
        id={id}
        popover="auto"
        role="group"
        aria-label={label}
        className="menu"
        style={anchored}
        onBeforeToggle={(event) => {
          if (event.newState === 'open') onOpen?.();
        }}
        onClick={(event) => {
          if (event.target instanceof Element && event.target.closest('[data-closes]')) {
            sheet.current?.hidePopover();
          }
        }}
      >
        {children}
      </div>
    </>
  );
}

/** What React calls an element holds characters that a name in a style may not. */
const cssName = (id: string) => `menu-${id.replaceAll(/[^\w-]/g, '')}`;

/** One thing that a menu offers. */
export function MenuButton({ onClick, children }: { onClick: () => void; children: ReactNode }) {
  return (
    <button type="button" data-closes="" onClick={onClick} className="menu-item">
      {children}
    </button>
  );
}

/** A way that a menu offers. */
export function MenuLink({
  href,
  current = false,
  children,
}: {
  href: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <a href={href} aria-current={current ? 'true' : undefined} data-closes="" className="menu-item">
      <span className="grow">{children}</span>
      {current && <span aria-hidden="true">✓</span>}
    </a>
  );
}
