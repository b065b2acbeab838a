import { answer, Refusal, toJson } from '@/app/api/answer';
import { readSearch } from '@/app/ui/search-query';
import { searchItems } from '@/lib/service/search-items';

export const dynamic = 'force-dynamic';

/** A page of what is found: `?q=&in=all|starred|folder-ID|feed-ID&order=date|relevance&before=`. */
export const GET = answer(async ({ request, user }) => {
  const { text, place, order, cursor } = readSearch(Object.fromEntries(new URL(request.url).searchParams));
  const page = await searchItems({ userId: user.id, text, scope: place, order, cursor });
  if (page === null)
    throw new Refusal(400, 'bad-request', '"q" cannot be used: there is no word to look for.');
  return toJson(page);
});
