/** The longest address that is accepted, as browsers and servers agree on. */
const MAX_LENGTH = 2048;

export type FeedAddress = { ok: true; url: string; host: string } | { ok: false; message: string };

const refuse = (message: string): FeedAddress => ({ ok: false, message });

/** `feed:https://…` and `feed://…`, as feed buttons once had them (draft-obasanjo-feed-URI-scheme). */
function dropFeedScheme(text: string): string {
  return text.replace(/^(?:web\+)?feed:(?=https?:)/i, '').replace(/^(?:web\+)?feed:(?:\/\/)?/i, 'https://');
}

function parseAddress(text: string): URL | null {
  if (URL.canParse(text) && /^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return new URL(text);
  // "example.org:8080/feed" parses as a URL with the scheme "example.org".
  const schemeOnly = /^[a-z][a-z0-9+-]*:(?!\d)/i.test(text) && !/^[^/?#]*\.[^/?#]*:/.test(text);
  if (schemeOnly) return URL.canParse(text) ? new URL(text) : null;
  const assumed = `https://${text.replace(/^\/+/, '')}`;
  return URL.canParse(assumed) ? new URL(assumed) : null;
}

const looksLikeHost = (host: string) => host === 'localhost' || /[.:]/.test(host);

/**
 * Reads what a person typed as the address of a feed or a site. No scheme: https is assumed. The result is
 * normalised (WHATWG URL: case, punycode, default port, dot segments), without fragment.
 *
 * @returns one sentence that says what is wrong, where it cannot be used.
 */
export function parseFeedAddress(typed: string): FeedAddress {
  const text = typed.trim();
  if (text === '') return refuse('Type or paste the address of a feed or a site.');
  if (text.length > MAX_LENGTH)
    return refuse(`The address is too long: ${MAX_LENGTH} characters are the limit.`);
  if (/[\s\p{Cc}]/u.test(text)) return refuse('The address has a space or a line break inside.');
  const url = parseAddress(dropFeedScheme(text));
  if (url === null) return refuse('This is not an address that a browser would understand.');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return refuse(`Only http and https addresses can be fetched, not ${url.protocol.slice(0, -1)}.`);
  }
  if (url.username !== '' || url.password !== '') {
    return refuse('The address has a user name or a password in it; please leave them out.');
  }
  if (!looksLikeHost(url.hostname)) return refuse(`“${url.hostname}” is not the name of a site.`);
  url.hash = '';
  if (url.href.length > MAX_LENGTH) {
    return refuse(`The address is too long: ${MAX_LENGTH} characters are the limit.`);
  }
  return { ok: true, url: url.href, host: url.host };
}
