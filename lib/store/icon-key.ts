import { Prisma } from './generated/client';

/**
 * What the icon of a feed `f` is called in addresses (`/icons/{key}/{size}`): its number, and the start of its hash,
 * so that an address never shows another picture and may be kept for ever. Null where the feed has none.
 */
export const ICON_KEY = Prisma.sql`(
  SELECT icon.id || '-' || left(encode(icon.hash, 'hex'), 8) FROM icons icon WHERE icon.id = f.icon_id)`;

/** The same, of a row that was read. */
export function writeIconKey({ id, hash }: { id: number; hash: Uint8Array }): string {
  return `${id}-${Buffer.from(hash).toString('hex', 0, 4)}`;
}
