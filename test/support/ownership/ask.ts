import { readFileSync } from 'node:fs';
import type { ActionProbe, Probe } from './probes';
import { ABSENT, type Ids, VICTIM } from './victim';

/** What somebody got to see. */
export interface Answer {
  status: number;
  /** Where to, if anywhere. */
  location: string | null;
  body: string;
}

/** Somebody who asks: with a session's cookie, a token, or nothing. */
export interface Caller {
  url: string;
  headers: Record<string, string>;
}

/** @returns the pages and routes of the build, without what Next adds for errors. */
export function listRoutes(): string[] {
  const routes: Record<string, string> = JSON.parse(
    readFileSync('.next/app-path-routes-manifest.json', 'utf8'),
  );
  return Object.values(routes).filter((route) => !route.startsWith('/_'));
}

/** @returns the server actions of the build: their ids by file and name. */
export function listActions(): Map<string, string> {
  const { node }: { node: Record<string, { filename: string; exportedName: string }> } = JSON.parse(
    readFileSync('.next/server/server-reference-manifest.json', 'utf8'),
  );
  return new Map(
    Object.entries(node).map(([id, { filename, exportedName }]) => [`${filename}#${exportedName}`, id]),
  );
}

async function readAnswer(response: Response): Promise<Answer> {
  const location = response.headers.get('location') ?? response.headers.get('x-action-redirect');
  return { status: response.status, location, body: await response.text() };
}

export async function askRoute({ url, headers }: Caller, probe: Probe, ids: Ids): Promise<Answer> {
  const { method = 'GET', path, body } = probe;
  const response = await fetch(url + path(ids), {
    method,
    redirect: 'manual',
    headers: { origin: url, ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body(ids)) }),
  });
  return readAnswer(response);
}

/**
 * Calls a server action as the pages' script does: arguments in the encoding of React's replies.
 *
 * @param page with another than the action's own, Next hands it on, and keeps the cookies that it sets.
 */
export function postAction(
  { url, headers }: Caller,
  actionId: string,
  { state, argument, fields }: ActionProbe,
  ids: Ids,
  page = '/feeds',
): Promise<Response> {
  const form = new FormData();
  for (const [name, value] of fields(ids)) form.append(`_1_${name}`, String(value));
  const values = state === undefined ? ['$K1'] : [state, '$K1'];
  form.append('0', JSON.stringify(argument === undefined ? values : [argument(ids)]));
  return fetch(url + page, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, accept: 'text/x-component', 'next-action': actionId, ...headers },
    body: form,
  });
}

export async function callAction(
  caller: Caller,
  actionId: string,
  probe: ActionProbe,
  ids: Ids,
): Promise<Answer> {
  return readAnswer(await postAction(caller, actionId, probe, ids));
}

/** @returns what a page shows: its main part, or the texts in what React is sent, whose order is a matter of chance. */
function show(body: string): string {
  const main = /<main[\s\S]*<\/main>/.exec(body)?.[0];
  if (main !== undefined) return main;
  const texts = body.replaceAll('\\', '').matchAll(/"children":"([^"$][^"]*)"/g);
  // What an action returns is in a row of its own.
  const result = /^1:[{["].*$/m.exec(body)?.[0] ?? '';
  return [result, ...[...new Set(Array.from(texts, ([, text]) => text))].sort()].join('\n');
}

/** @returns an answer without what differs between any two: numbers that were asked for, those of errors, and times. */
export function level({ status, location, body }: Answer): Answer {
  const even = (text: string) =>
    text
      .replace(/\b7[19]\d{4}\b/g, 'ID')
      .replace(/00000000-0000-4000-8000-00000000000\d/g, 'ID')
      .replace(/"id":"[\da-f-]{36}"/g, 'ID')
      .replace(new RegExp(`${VICTIM}|${ABSENT.name}`, 'gi'), 'NAME')
      .replace(/\b\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT/g, 'TIME')
      .replace(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replace(/&at=[\da-z]+/g, '')
      .replace(/\b[\d.]+ ?ms\b/g, 'MS');
  const isPage = /^<!DOCTYPE|^\d+:/.test(body);
  // Where one is led elsewhere, nobody is shown what else there is.
  const shown = location !== null ? '' : isPage ? show(body) : body;
  return {
    status,
    location: location === null ? null : even(decodeURIComponent(location)),
    body: even(shown),
  };
}
