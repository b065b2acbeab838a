'use client';

import { useState } from 'react';
import { SubmitButton } from '@/app/ui/submit-button';
import { chooseSettings } from './choose-settings';
import { type ReadingSettings, readSettings } from './reading-settings';
import { SETTING_GROUPS } from './setting-texts';
import { useSettings } from './use-settings';

interface SettingsFormProps {
  settings: ReadingSettings;
  /** Whether the form has just been sent. */
  saved: boolean;
  action: (form: FormData) => Promise<void>;
}

/** How somebody likes to read: each choice holds at once; without JavaScript, once it is sent. */
export function SettingsForm({ settings: rendered, saved, action }: SettingsFormProps) {
  const settings = useSettings();
  const [changed, setChanged] = useState(false);
  return (
    <form
      action={action}
      onChange={(event) => {
        const form = new FormData(event.currentTarget);
        chooseSettings(readSettings((name) => form.get(name)));
        setChanged(true);
      }}
    >
      {SETTING_GROUPS.map((group) => (
        <section key={group.title} className="mt-9">
          <h2 className="border-b border-line pb-2 font-serif text-xl font-semibold">{group.title}</h2>
          {group.settings.map(({ name, label, says, values }) => (
            <fieldset
              key={name}
              aria-describedby={says === undefined ? undefined : `about-${name}`}
              className="setting"
            >
              <legend>{label}</legend>
              <div className="flex flex-wrap gap-2">
                {values.map(([value, text]) => (
                  <label key={value} className="radio">
                    <input
                      type="radio"
                      name={name}
                      value={value}
                      defaultChecked={(changed ? settings : rendered)[name] === value}
                    />
                    {text}
                  </label>
                ))}
              </div>
              {says !== undefined && (
                <p id={`about-${name}`} className="text-sm text-muted">
                  {says}
                </p>
              )}
            </fieldset>
          ))}
        </section>
      ))}
      <div className="mt-8 flex items-center gap-4">
        <noscript>
          <SubmitButton look="strong" busy="Saving…">
            Save
          </SubmitButton>
        </noscript>
        <p role="status" className="text-[0.9375rem] text-muted">
          {(saved || changed) && 'Saved.'}
        </p>
      </div>
    </form>
  );
}
