'use client';

import type { ReactNode } from 'react';
import { chooseSettings } from './choose-settings';
import type { ReadingSettings } from './reading-settings';
import { useSettings } from './use-settings';

const SIZES = ['1', '2', '3', '4', '5', '6'] as const;

interface ChoiceRowProps<Value extends string> {
  legend: string;
  values: readonly (readonly [value: Value, name: ReactNode])[];
  chosen: Value;
  onChoose: (value: Value) => void;
}

function ChoiceRow<Value extends string>({ legend, values, chosen, onChoose }: ChoiceRowProps<Value>) {
  return (
    <fieldset className="choice-row">
      <legend className="menu-head">{legend}</legend>
      {values.map(([value, name]) => (
        <button
          key={value}
          type="button"
          aria-pressed={value === chosen}
          onClick={() => onChoose(value)}
          className="chip grow"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}

/** What the menu of `LookMenu` holds. */
export function LookChoices() {
  const settings = useSettings();
  const change = (part: Partial<ReadingSettings>) => chooseSettings({ ...settings, ...part });
  const size = SIZES.indexOf(settings.size);
  const resize = (by: number) => change({ size: SIZES[size + by] ?? settings.size });
  return (
    <>
      <fieldset className="choice-row">
        <legend className="menu-head">Size</legend>
        <button
          type="button"
          aria-label="Smaller text"
          aria-disabled={size === 0}
          onClick={() => resize(-1)}
          className="chip grow text-sm!"
        >
          A
        </button>
        <output className="px-2 text-sm text-muted tabular-nums" aria-label="Size">
          {size + 1}
        </output>
        <button
          type="button"
          aria-label="Larger text"
          aria-disabled={size === SIZES.length - 1}
          onClick={() => resize(1)}
          className="chip grow text-xl!"
        >
          A
        </button>
      </fieldset>
      <ChoiceRow
        legend="Font"
        chosen={settings.font}
        onChoose={(font) => change({ font })}
        values={[
          [
            'serif',
            <span key="serif" className="font-serif">
              Serif
            </span>,
          ],
          ['sans', 'Sans'],
          ['system', 'System'],
        ]}
      />
      <ChoiceRow
        legend="Lines"
        chosen={settings.width}
        onChoose={(width) => change({ width })}
        values={[
          ['narrow', 'Short'],
          ['medium', 'Medium'],
          ['wide', 'Long'],
        ]}
      />
      <ChoiceRow
        legend="Colours"
        chosen={settings.theme}
        onChoose={(theme) => change({ theme })}
        values={[
          ['system', 'System'],
          ['light', 'Light'],
          ['dark', 'Dark'],
        ]}
      />
    </>
  );
}
