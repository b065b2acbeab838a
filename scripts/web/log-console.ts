import { format, stripVTControlCharacters } from 'node:util';
import { log } from '../../lib/ops/log';

const LEVELS = { error: 'error', warn: 'warn', info: 'info', log: 'info', debug: 'debug' } as const;

/**
 * What Next prints becomes lines of the log: of one form, and without the secrets that an error's text may hold. An
 * error keeps its `digest`, which is what the page shows for it.
 */
export function logConsole(): void {
  for (const [method, level] of Object.entries(LEVELS) as [keyof typeof LEVELS, 'error'][]) {
    console[method] = (...said: unknown[]) => {
      const err = said.find((part) => part instanceof Error);
      const text = stripVTControlCharacters(format(...said.filter((part) => part !== err))).trim();
      if (err !== undefined) log[level]({ err }, text || err.message);
      else if (text !== '') log[level](text);
    };
  }
}
