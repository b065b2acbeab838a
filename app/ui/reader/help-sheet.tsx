'use client';

import { useEffect, useId, useRef } from 'react';
import { chooseSettings } from './choose-settings';
import { KEYS, type KeyDeed } from './key-map';
import { useSettings } from './use-settings';

/** What the sheet shows, in its order. */
export const HELP: { title: string; deeds: [deed: KeyDeed, says: string][] }[] = [
  {
    title: 'Items',
    deeds: [
      ['next', 'Next item'],
      ['previous', 'Previous item'],
      ['next-closed', 'Next, without opening it'],
      ['previous-closed', 'Previous, without opening it'],
      ['open', 'Open'],
      ['close', 'Back to the list'],
      ['original', 'Open the original'],
      ['full-text', 'Full text, or the feed’s'],
      ['read', 'Read or unread'],
      ['star', 'Star or not'],
    ],
  },
  {
    title: 'Lists',
    deeds: [
      ['mark-all', 'Mark all as read'],
      ['undo', 'Undo'],
      ['refresh', 'Refresh'],
      ['next-feed', 'Next feed'],
      ['previous-feed', 'Previous feed'],
    ],
  },
  {
    title: 'Places',
    deeds: [
      ['go-unread', 'Unread'],
      ['go-starred', 'Starred'],
      ['go-all', 'All items'],
      ['go-feeds', 'Manage feeds'],
      ['search', 'Search'],
      ['add', 'Add a feed'],
      ['pane-left', 'Pane to the left'],
      ['pane-right', 'Pane to the right'],
      ['help', 'This help'],
    ],
  },
];

const NAMES: Record<string, string> = { Escape: 'Esc', Enter: '↵' };

function Keys({ names }: { names: readonly string[] }) {
  return (
    <span className="flex gap-1.5">
      {names.map((name) => (
        <span key={name} className="flex gap-1">
          {name.split(' ').map((key) => (
            <kbd key={key}>{NAMES[key] ?? key}</kbd>
          ))}
        </span>
      ))}
    </span>
  );
}

/** All keys, and the switch that turns them off: over the page for as long as it is there. */
export function HelpSheet({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const title = useId();
  const settings = useSettings();
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby={title} className="sheet">
      <div className="flex items-start justify-between gap-4">
        <h2 id={title} className="font-serif text-2xl font-semibold">
          Keyboard
        </h2>
        <button type="button" className="quiet-button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </div>
      <label className="mt-4 flex min-h-11 items-center gap-3 text-[0.9375rem]">
        <input
          type="checkbox"
          className="size-5"
          checked={settings.keys === 'on'}
          onChange={(event) => chooseSettings({ ...settings, keys: event.target.checked ? 'on' : 'off' })}
        />
        Single keys do something
      </label>
      <div className="help-groups">
        {HELP.map(({ title: group, deeds }) => (
          <section key={group}>
            <h3 className="text-sm font-semibold text-muted">{group}</h3>
            <dl>
              {deeds.map(([deed, says]) => (
                <div key={deed}>
                  <dt>{says}</dt>
                  <dd>
                    <Keys names={KEYS[deed]} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </dialog>
  );
}
