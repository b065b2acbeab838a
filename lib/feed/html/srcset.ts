/** A candidate of a `srcset`: an address and its descriptor (`2x`, `640w`), empty when it has none. */
export interface Candidate {
  url: string;
  descriptor: string;
}

/** Candidates beyond this are left out: no picture comes in so many sizes. */
const MAX_CANDIDATES = 40;
const DESCRIPTOR = /^(\d+(?:\.\d+)?[wxh])(?:,(.*))?$/;

/**
 * The candidates of a `srcset`, in linear time (HTML, "parse a srcset attribute"). An address may contain commas, but
 * ends before one that white space follows; `a 1x,b 2x`, without the space, occurs as well.
 */
export function parseSrcset(value: string): Candidate[] {
  const candidates: Candidate[] = [];
  let open: Candidate | null = null;
  for (const token of value.split(/\s+/)) {
    if (candidates.length >= MAX_CANDIDATES) break;
    const descriptor: RegExpExecArray | null = open ? DESCRIPTOR.exec(token) : null;
    if (open && descriptor) {
      open.descriptor = descriptor[1] ?? '';
      open = descriptor[2] ? addCandidate(candidates, descriptor[2]) : null;
    } else open = token === '' || token === ',' ? open : addCandidate(candidates, token);
  }
  return candidates;
}

/** Adds a candidate; null when its comma already ended it, so that no descriptor can follow. */
function addCandidate(candidates: Candidate[], token: string): Candidate | null {
  let end = token.length;
  while (end > 0 && token[end - 1] === ',') end -= 1;
  let start = 0;
  while (start < end && token[start] === ',') start += 1;
  if (start === end) return null;
  const candidate = { url: token.slice(start, end), descriptor: '' };
  candidates.push(candidate);
  return end === token.length ? candidate : null;
}
