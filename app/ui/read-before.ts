/** The query of a page, as Next hands it over. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** @returns the cursor in `?before=`, undefined on a first page. */
export async function readBefore(searchParams: SearchParams): Promise<string | undefined> {
  const { before } = await searchParams;
  return typeof before === 'string' && before !== '' ? before : undefined;
}
