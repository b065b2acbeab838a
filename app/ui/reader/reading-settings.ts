/** How somebody likes to read; kept in a cookie, so that the server renders it so at once. */

/** What can be chosen; the first of each is what holds until somebody chooses. */
const CHOICES = {
  theme: ['system', 'light', 'dark'],
  font: ['serif', 'sans', 'system'],
  size: ['3', '1', '2', '4', '5', '6'],
  width: ['medium', 'narrow', 'wide'],
  density: ['comfortable', 'compact'],
  order: ['newest', 'oldest'],
  show: ['all', 'unread'],
  days: ['on', 'off'],
  pictures: ['off', 'on'],
  opened: ['on', 'off'],
  passed: ['off', 'on'],
  keys: ['on', 'off'],
} as const;

export type SettingName = keyof typeof CHOICES;
export type ReadingSettings = { [Name in SettingName]: (typeof CHOICES)[Name][number] };

export const SETTINGS_COOKIE = 'tidings-reading';

/** A year, in seconds. */
const COOKIE_SECONDS = 31_536_000;

const NAMES = Object.keys(CHOICES) as SettingName[];

/**
 * Reads settings out of what a form or a cookie brings.
 *
 * @param read the text under a name; whatever is no choice is the default.
 */
export function readSettings(read: (name: SettingName) => unknown): ReadingSettings {
  const entries = NAMES.map((name) => {
    const choices: readonly string[] = CHOICES[name];
    const text = read(name);
    return [name, typeof text === 'string' && choices.includes(text) ? text : choices[0]];
  });
  return Object.fromEntries(entries) as ReadingSettings;
}

/** @returns the settings in a cookie's value. */
export function parseSettings(cookie: string | undefined): ReadingSettings {
  const params = new URLSearchParams((cookie ?? '').slice(0, 500).replaceAll('.', '&').replaceAll(':', '='));
  return readSettings((name) => params.get(name));
}

/** @returns the value of a cookie with the settings that differ from the defaults. */
export function writeSettings(settings: ReadingSettings): string {
  return NAMES.filter((name) => settings[name] !== CHOICES[name][0])
    .map((name) => `${name}:${settings[name]}`)
    .join('.');
}

/** @returns a cookie as a script sets it. */
export function cookieText(name: string, value: string): string {
  return `${name}=${value}; path=/; max-age=${COOKIE_SECONDS}; samesite=lax`;
}

/** @returns the attributes of the root element that style sheets go by. */
export function rootAttributes({ theme, font, size, width, density }: ReadingSettings) {
  return {
    'data-theme': theme === 'system' ? undefined : theme,
    'data-font': font,
    'data-size': size,
    'data-width': width,
    'data-density': density,
  };
}
