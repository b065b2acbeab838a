import { Prisma } from './generated/client';

/**
 * What a feed `f` is called by the reader of subscription `s`: the reader's own name for it, else the feed's, else its
 * address without what all addresses have, so that nameless feeds of one host can be told apart. A regular expression
 * took most of the time that a list of a thousand nameless feeds did.
 */
export const FEED_TITLE = Prisma.sql`COALESCE(NULLIF(s.title, ''), NULLIF(f.title, ''),
  rtrim(substr(split_part(f.url, '#private-', 1), strpos(f.url, '://') + 3), '/'))`;
