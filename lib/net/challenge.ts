import { type ResponseHeaders, readHeader } from './headers';

/** An answer as far as it is needed to tell a challenge: the start of its body, decoded. */
export interface ChallengeEvidence {
  /** The address that answered. */
  url: URL;
  /** Whether that is where redirects led. */
  redirected: boolean;
  status: number;
  headers: ResponseHeaders;
  body: string;
}

export interface Challenge {
  /** `person`: shows a puzzle to tell people from programs. `login`: of the site. `portal`: of our own network. */
  kind: 'person' | 'login' | 'portal';
  /** Who asks, where it is a service that sites put in front. */
  by: string | null;
}

interface Sign {
  by: string;
  header?: [name: string, value: RegExp];
  /** Looked for in pages only. */
  body?: RegExp;
}

/**
 * What only a challenge has. Pages of the same services that refuse for good ("You have been blocked") are none:
 * nobody asks to prove anything there.
 */
const SIGNS: Sign[] = [
  { by: 'Cloudflare', header: ['cf-mitigated', /^challenge$/i] },
  {
    by: 'Cloudflare',
    body: /<title>Just a moment\.\.\.<\/title>|window\._cf_chl_opt|\bid="cf-challenge-running"|\bcf-captcha-container\b/,
  },
  { by: 'DDoS-Guard', body: /\/\.well-known\/ddos-guard\/|<title>DDoS-Guard<\/title>/i },
  { by: 'Sucuri', body: /\bsucuri_cloudproxy_js\b/ },
  { by: 'Akamai', body: /\/_sec\/cp_challenge\/|\bsec-if-cpt-container\b|\bbm-verify=/ },
  { by: 'Imperva', body: /\b_Incapsula_Resource\b|Incapsula incident ID/ },
  { by: 'AWS WAF', header: ['x-amzn-waf-action', /^(?:challenge|captcha)$/i] },
  { by: 'AWS WAF', body: /\bAwsWafIntegration\b/ },
  { by: 'Anubis', body: /\/\.within\.website\/x\/cmd\/anubis\/|\bid="anubis_(?:challenge|version)"/ },
  { by: 'Vercel', header: ['x-vercel-mitigated', /^challenge$/i] },
  { by: 'DataDome', body: /\bcaptcha-delivery\.com\b/ },
  { by: 'HUMAN', body: /\bid="px-captcha"/ },
];

/** A feed may quote any of the signs; only a page is a challenge. */
const PAGE =
  /^[\s\uFEFF]*(?:<!--[\s\S]*?-->\s*)?<(?:!doctype\s+html|html|head|script|title|meta|noscript)\b/i;
const LOGIN_PATH = /\/(?:log[-_]?in|sign[-_]?in|sso|auth|wp-login\.php)(?:[/.]|$)/i;
const PASSWORD_FIELD = /<input\b[^<>]*\btype\s*=\s*["']?password\b/i;

function findSign({ status, headers, body }: ChallengeEvidence, isPage: boolean): Sign | undefined {
  return SIGNS.find(({ header, body: marks }) => {
    if (header) return header[1].test(readHeader(headers, header[0])?.trim() ?? '');
    return marks !== undefined && isPage && status !== 404 && status !== 410 && marks.test(body);
  });
}

/**
 * Tells from an answer whether a person is asked for something that a feed reader cannot do: to prove that they
 * are one, or to log in.
 *
 * @returns null where there is no sure sign of it.
 */
export function recogniseChallenge(evidence: ChallengeEvidence): Challenge | null {
  const { url, redirected, status, body } = evidence;
  // Network Authentication Required (RFC 6585 section 6): sent by the network, never by the site.
  if (status === 511) return { kind: 'portal', by: null };
  const isPage = PAGE.test(body);
  const sign = findSign(evidence, isPage);
  if (sign !== undefined) return { kind: 'person', by: sign.by };
  const login = redirected && isPage && LOGIN_PATH.test(url.pathname) && PASSWORD_FIELD.test(body);
  return login ? { kind: 'login', by: null } : null;
}
