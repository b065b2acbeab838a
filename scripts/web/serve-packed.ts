import { readdirSync, readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';

/** Where browsers find what the build made. */
const BASE = '/_next/static/';
const TYPES: Record<string, string> = {
  js: 'application/javascript; charset=UTF-8',
  css: 'text/css; charset=UTF-8',
};
/** The better one first. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** @returns whether a browser takes an encoding (RFC 9110, section 12.5.3). */
function takes(accepted: string, encoding: string): boolean {
  return accepted.split(',').some((part) => {
    const [name, ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}

/** @returns the paths of the files that were packed. */
function findPacked(folder: string): Set<string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return new Set(
    names
      .filter((name) => name.endsWith('.gz') && names.includes(`${name.slice(0, -3)}.br`))
      .map((name) => BASE + name.slice(0, -3).replaceAll('\\', '/')),
  );
}

/**
 * Answers requests for scripts and styles from what the build has packed (scripts/build/pack-static.mjs): smaller than
 * what is packed for each request anew, and at no cost. They never change: their names hold their content.
 *
 * @param folder what is under `/_next/static`.
 * @param listener gets all other requests.
 */
export function servePacked(folder: string, listener: RequestListener): RequestListener {
  const packed = findPacked(folder);
  const contents = new Map<string, Buffer>();
  const read = (path: string, suffix: string): Buffer => {
    const file = join(folder, path.slice(BASE.length)) + suffix;
    const content = contents.get(file) ?? readFileSync(file);
    contents.set(file, content);
    return content;
  };
  return (request, response) => {
    const { method, url = '/', headers } = request;
    const path = url.split('?', 1)[0] ?? '/';
    const accepted = String(headers['accept-encoding'] ?? '');
    const found = packed.has(path) && ENCODINGS.find(([encoding]) => takes(accepted, encoding));
    if (!found || (method !== 'GET' && method !== 'HEAD') || headers.range !== undefined)
      return listener(request, response);
    const [encoding, suffix] = found;
    const content = read(path, suffix);
    response.writeHead(200, {
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Encoding': encoding,
      'Content-Length': content.length,
      'Content-Type': TYPES[path.split('.').at(-1) ?? ''],
      Vary: 'Accept-Encoding',
    });
    response.end(method === 'HEAD' ? undefined : content);
  };
}
