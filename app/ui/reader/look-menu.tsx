'use client';

import { useState } from 'react';
import type { LookChoices } from './look-choices';
import { Menu } from './menu';
import { tell } from './undo-stack';

/** How articles look, changed while one looks at one. What can be chosen comes when it is asked for. */
export function LookMenu() {
  const [loaded, setLoaded] = useState<{ Choices: typeof LookChoices } | null>(null);
  const load = () =>
    void import('./look-choices').then(
      ({ LookChoices: Choices }) => setLoaded({ Choices }),
      () => tell('The choices could not be loaded.'),
    );
  return (
    <Menu icon="text" label="Text and colours" onOpen={load}>
      {loaded && <loaded.Choices />}
    </Menu>
  );
}
