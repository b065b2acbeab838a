/** Words of a text in letters, and characters of scripts without spaces, in a minute. */
const WORDS_A_MINUTE = 230;
const CHARACTERS_A_MINUTE = 500;

const SPACELESS =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}]/gu;

/** @returns how many minutes a text takes to read; 0 where it takes less than half of one. */
export function estimateMinutes(html: string): number {
  const text = html.replace(/<[^>]*>/g, ' ');
  const characters = text.match(SPACELESS)?.length ?? 0;
  const words = text.replace(SPACELESS, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return Math.round(words / WORDS_A_MINUTE + characters / CHARACTERS_A_MINUTE);
}
