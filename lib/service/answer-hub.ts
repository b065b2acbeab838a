import { metrics } from '@/lib/ops/metrics';
import { confirmLeaving, confirmSubscription, recordDenial } from '@/lib/store/hubs';

/** What hubs are asked for: ten days, as most give at most. Some forget to say what they give. */
export const LEASE_SECONDS = 864_000;

/** What a hub asks a callback (WebSub, section 5.3). */
export interface HubQuestion {
  token: string;
  mode: string | null;
  topic: string | null;
  challenge: string | null;
  leaseSeconds: string | null;
  reason: string | null;
}

/**
 * Answers a hub that verifies whether we have asked for what it is about to do, or says that it will not.
 *
 * @returns the text to answer with; null when this was not asked for.
 */
export async function answerHub(question: HubQuestion): Promise<string | null> {
  const answer = await decide(question);
  metrics.hubVerifications.inc({ result: answer === null ? 'refused' : (question.mode ?? '') });
  return answer;
}

async function decide({ token, mode, topic, challenge, leaseSeconds, reason }: HubQuestion) {
  if (topic === null) return null;
  switch (mode) {
    case 'subscribe': {
      const lease = /^[1-9]\d{0,9}$/.test(leaseSeconds ?? '') ? Number(leaseSeconds) : LEASE_SECONDS;
      return challenge !== null && (await confirmSubscription(token, topic, lease)) ? challenge : null;
    }
    case 'unsubscribe':
      return challenge !== null && (await confirmLeaving(token, topic)) ? challenge : null;
    case 'denied':
      return (await recordDenial(token, topic, sayDenial(reason))) ? '' : null;
    default:
      return null;
  }
}

function sayDenial(reason: string | null): string {
  const said = reason
    ?.replaceAll(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, 200);
  return said ? `The hub refuses: ${said}` : 'The hub refuses, and does not say why.';
}
