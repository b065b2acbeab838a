import { z } from 'zod';
import type { ItemQuery, ItemScope } from '@/lib/store/list-items';
import { Refusal } from './answer';

const id = z.coerce.number().int().positive().max(2_147_483_647);

/** A list as addresses of the API name it: `unread`, `all`, `starred`, `folder-ID` or `feed-ID`. */
export const viewSchema = z
  .string()
  .regex(/^(unread|all|starred|(folder|feed)-[1-9]\d{0,9})$/, 'it names no list');

export const orderSchema = z.enum(['newest', 'oldest']).default('newest');

export const cursorSchema = z.string().regex(/^-?\d{1,15}-\d{1,15}$/, 'it is no cursor');

const querySchema = z.object({
  view: viewSchema.default('unread'),
  unread: z.enum(['0', '1']).optional(),
  order: orderSchema,
  cursor: cursorSchema.optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/** @throws Refusal where the id is none. */
export function toScope(view: string): ItemScope {
  const [kind, number] = view.split('-');
  if (kind === 'starred') return { kind };
  if (kind !== 'folder' && kind !== 'feed') return { kind: 'all' };
  const parsed = id.safeParse(number);
  if (!parsed.success) throw new Refusal(400, 'bad-request', '"view" cannot be used: it names no list.');
  return { kind, id: parsed.data };
}

/**
 * @returns the list that an address asks for.
 * @throws Refusal where it asks for none.
 */
export function readItemQuery(url: string): ItemQuery {
  const result = querySchema.safeParse(Object.fromEntries(new URL(url).searchParams));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Refusal(
      400,
      'bad-request',
      `"${issue?.path.join('.') ?? ''}" cannot be used: ${issue?.message ?? 'it is not valid'}.`,
    );
  }
  const { view, unread, ...rest } = result.data;
  return { ...rest, scope: toScope(view), unread: unread === undefined ? view === 'unread' : unread === '1' };
}
