'use client';

import { type RefObject, useId } from 'react';
import { KEY_HELP } from './key-map';
import { chooseSettings, useSettings } from './use-settings';

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

/** All keys, and the switch that turns them off. */
export function HelpSheet({ dialog }: { dialog: RefObject<HTMLDialogElement | null> }) {
  const title = useId();
  const settings = useSettings();
  return (
    <dialog ref={dialog} aria-labelledby={title} className="sheet">
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
        {KEY_HELP.map(({ title: group, keys }) => (
          <section key={group}>
            <h3 className="text-sm font-semibold text-muted">{group}</h3>
            <dl>
              {keys.map(([names, deed, says]) => (
                <div key={deed}>
                  <dt>{says}</dt>
                  <dd>
                    <Keys names={names} />
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
