import { Prisma } from './generated/client';

/**
 * What a feed `f` is called by the reader of subscription `s`: the reader's own name for it, else the feed's, else its
 * address without what all addresses have, so that nameless feeds of one host can be told apart.
 */
export const FEED_TITLE = Prisma.sql`COALESCE(NULLIF(s.title, ''), NULLIF(f.title, ''),
  rtrim(regexp_replace(f.url, '^https?://|#private-[0-9]+$', '', 'g'), '/'))`;
