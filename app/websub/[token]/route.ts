import { answerHub } from '@/lib/service/answer-hub';
import { receivePush } from '@/lib/service/receive-push';

interface Context {
  params: Promise<{ token: string }>;
}

const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

const plain = (status: number, text: string) =>
  new Response(text, { status, headers: { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8' } });

/** A hub verifies intent (WebSub, section 5.3): what was asked for is confirmed with its challenge, all else is 404. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const answer = await answerHub({
    token: (await params).token,
    mode: searchParams.get('hub.mode'),
    topic: searchParams.get('hub.topic'),
    challenge: searchParams.get('hub.challenge'),
    leaseSeconds: searchParams.get('hub.lease_seconds'),
    reason: searchParams.get('hub.reason'),
  });
  return answer === null ? plain(404, 'This was not asked for.') : plain(200, answer);
}

/**
 * A hub pushes (WebSub, section 7). A wrong signature is answered as a right one is, as the specification has it:
 * whoever guesses learns nothing. A callback that is not in use is gone: the hub may stop.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const result = await receivePush({
    token: (await params).token,
    signature: request.headers.get('x-hub-signature'),
    body: request.body,
  });
  return result === 'unknown' ? plain(410, 'Nobody reads this here.') : plain(202, '');
}
