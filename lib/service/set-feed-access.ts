import { encryptSecret, hasSecretKey } from '@/lib/ops/secrets';
import { enqueueFetches } from '@/lib/queue/producer';
import { type FeedAccessChange, writeFeedAccess } from '@/lib/store/feed-access';

/** As much as one header may reasonably hold. */
const MAX_LENGTH = 255;

export interface AccessRequest {
  userId: number;
  feedId: number;
  /** For HTTP authentication; null removes what is kept, undefined leaves it. */
  credentials?: { username: string; password: string } | null;
  /** Sent instead of our own; null for our own again. */
  userAgent?: string | null;
}

/** The feed has another id once it has its first password. */
export type AccessResult = { ok: true; feedId: number } | { ok: false; message: string };

const refuse = (message: string): AccessResult => ({ ok: false, message });

/** One sentence against a name and a password that could not be sent (RFC 7617 section 2), or null. */
function findFault({ username, password }: { username: string; password: string }): string | null {
  if (username === '' && password === '') return 'Type the name and the password that the server asks for.';
  if (username.includes(':')) return 'A name for HTTP authentication has no colon in it.';
  if (/\p{Cc}/u.test(username + password)) return 'The name or the password has a control character in it.';
  if (username.length > MAX_LENGTH || password.length > MAX_LENGTH) {
    return `The name or the password is too long: ${MAX_LENGTH} characters are the limit.`;
  }
  return hasSecretKey() ? null : 'This reader keeps no passwords, because no SECRET_KEY is set for it.';
}

/**
 * Sets what one of a user's feeds is asked with: a name and a password, another User-Agent, or both; and has it
 * fetched. A feed with a password is its reader's alone from then on. Answers at once.
 */
export async function setFeedAccess(request: AccessRequest): Promise<AccessResult> {
  const { userId, feedId, credentials, userAgent } = request;
  const fault = credentials ? findFault(credentials) : null;
  if (fault !== null) return refuse(fault);
  const agent = userAgent?.trim() || null;
  if (agent !== null && (agent.length > MAX_LENGTH || /[^\x20-\x7e]/.test(agent))) {
    return refuse(`A User-Agent has at most ${MAX_LENGTH} plain letters, digits and signs.`);
  }
  const change: FeedAccessChange = {
    ...(userAgent !== undefined && { userAgent: agent }),
    // Decrypted by workers/unlock-credentials.ts.
    ...(credentials !== undefined && {
      credentials: credentials && encryptSecret(JSON.stringify(credentials)),
    }),
  };
  const saved = await writeFeedAccess(userId, feedId, change);
  switch (saved.kind) {
    case 'missing':
      return refuse('There is no such feed among yours.');
    case 'shared':
      return refuse(
        'Others read this feed, too, just as it is; how it is asked for can be changed for a feed of your own only.',
      );
    case 'saved':
      await enqueueFetches([saved.feedId]);
      return { ok: true, feedId: saved.feedId };
  }
}
