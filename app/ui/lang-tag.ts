/** @returns what a feed says about its language as an attribute takes it; undefined when it is none. */
export function langTag(language: string | null): string | undefined {
  const tag = language?.trim().replaceAll('_', '-') ?? '';
  return /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(tag) ? tag : undefined;
}
