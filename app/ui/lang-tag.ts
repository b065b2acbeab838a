/** Scripts that tell a language well enough for its fonts and its line breaks. */
const SCRIPTS: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh'],
];

/** As much of a text is looked at. */
const SAMPLE = 2000;

/**
 * The `lang` of a feed's text: what the feed says, else what its script tells.
 *
 * @returns '' when neither does: unknown, which is not the language of the page around it.
 */
export function langTag(language: string | null, text: string): string {
  const tag = language?.trim().replaceAll('_', '-') ?? '';
  if (/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag)) return tag;
  const sample = text.slice(0, SAMPLE);
  return SCRIPTS.find(([script]) => script.test(sample))?.[1] ?? '';
}
