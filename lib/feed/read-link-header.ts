import { resolveUrl } from './html/resolve-url';

/** Headers are bounded, but not to what is reasonable. */
const MAX_LENGTH = 8192;

/** A link-value: its target and its parameters. */
const LINK = /<([^<>]*)>((?:\s*;\s*[\w*!#$&+.^`|~-]+(?:\s*=\s*(?:"(?:[^"\\]|\\.)*"|[^\s;,"]*))?)*)/g;
const RELATION = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]*))/i;

/**
 * Reads the hub and the topic that a server names in its Link header (RFC 8288): what it says there goes before what
 * the document says (WebSub, section 4).
 *
 * @param header null where there is none.
 * @param url address of the document, after redirects: base of relative targets.
 */
export function readLinkHeader(
  header: string | null,
  url: string,
): { hubUrl: string | null; selfUrl: string | null } {
  const found = { hubUrl: null as string | null, selfUrl: null as string | null };
  for (const [, target = '', parameters = ''] of (header ?? '').slice(0, MAX_LENGTH).matchAll(LINK)) {
    const [, quoted, bare] = RELATION.exec(parameters) ?? [];
    const relations = (quoted ?? bare ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('hub')) found.hubUrl ??= resolveUrl(target, url);
    if (relations.includes('self')) found.selfUrl ??= resolveUrl(target, url);
  }
  return found;
}
