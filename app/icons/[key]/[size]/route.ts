import { readIcon } from '@/lib/store/icons';

/** What an address shows never changes: the key holds a hash of it. */
const FOR_EVER = 'public, max-age=31536000, immutable';

const SIZES: Partial<Record<string, 32 | 64>> = { '32': 32, '64': 64 };

/** An icon, 32 or 64 pixels square: the one thing of a feed's site that lists show, and it comes from here. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ key: string; size: string }> },
): Promise<Response> {
  const { key, size } = await params;
  const side = SIZES[size];
  const etag = `"${key}-${size}"`;
  const headers = { 'Cache-Control': FOR_EVER, ETag: etag };
  if (side !== undefined && request.headers.get('if-none-match') === etag) {
    return new Response(null, { status: 304, headers });
  }
  const png = side === undefined ? null : await readIcon(key, side);
  if (png === null) return new Response(null, { status: 404, headers: { 'Cache-Control': 'no-store' } });
  return new Response(png, {
    headers: { ...headers, 'Content-Type': 'image/png', 'X-Content-Type-Options': 'nosniff' },
  });
}
