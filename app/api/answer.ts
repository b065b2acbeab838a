import { randomUUID } from 'node:crypto';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { identify } from '@/lib/auth/identify';
import { log } from '@/lib/ops/log';
import type { Reader } from '@/lib/store/users';

/** What a request of the JSON API may bring at most. */
const MAX_BODY_BYTES = 65_536;

interface Asked<Params> {
  request: Request;
  user: Reader;
  params: Params;
}

type Handler<Params> = (asked: Asked<Params>) => Promise<Response>;
type Route<Params> = (request: Request, context: { params: Promise<Params> }) => Promise<Response>;

/** What whoever is nobody is told. */
export const SIGNED_OUT = {
  error: { code: 'signed-out', message: 'Sign in first, or send a token that is valid.' },
};

/** A request that cannot be answered: thrown by handlers, told to whoever asked. */
export class Refusal extends Error {
  override name = 'Refusal';
  /** Of HTTP. */
  readonly status: number;
  /** Stable, for programs. */
  readonly code: string;

  /** @param message one sentence, for a person. */
  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** @returns a JSON body that nobody may keep. */
export function toJson(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'Cache-Control': 'no-store' } });
}

/**
 * Makes a route of the JSON API: who asks is known before the handler runs, and what the handler throws as a `Refusal`
 * becomes `{"error":{"code","message"}}`. Any other error is a bug: it is logged, and only its `id` is told.
 */
export function answer<Params = Record<never, string>>(handler: Handler<Params>): Route<Params> {
  return async (request, { params }) => {
    try {
      return await handler({ request, user: await requireUser(request), params: await params });
    } catch (error) {
      unstable_rethrow(error);
      if (!(error instanceof Refusal)) return tellBug(error, request);
      return toJson({ error: { code: error.code, message: error.message } }, error.status);
    }
  };
}

/** What a page says for whom it asks, where it may have been opened by somebody else than who is signed in now. */
const READER_HEADER = 'x-reader';

/** @throws Refusal for whoever is nobody, is somebody else than is said, or has a token that is for reading only. */
async function requireUser(request: Request): Promise<Reader> {
  const asking = await identify(request);
  if (asking.kind === 'somebody') {
    const meant = request.headers.get(READER_HEADER);
    if (meant === null || meant === String(asking.user.id)) return asking.user;
    throw new Refusal(401, 'other-reader', 'Somebody else is signed in now.');
  }
  if (asking.kind === 'may-only-read') {
    throw new Refusal(403, 'read-only', 'This token may read, and change nothing.');
  }
  const { code, message } = SIGNED_OUT.error;
  throw new Refusal(401, code, message);
}

/** @returns what may be known of an error that nobody expected: a number, which the log has it under. */
function tellBug(error: unknown, request: Request): Response {
  const id = randomUUID();
  log.error(
    { err: error, id, method: request.method, path: new URL(request.url).pathname },
    'A request failed.',
  );
  const message = 'Something broke. The log of the server says why, under this id.';
  return toJson({ error: { code: 'internal', message, id } }, 500);
}

/**
 * @returns the request's JSON body, as the schema has it.
 * @throws Refusal where it is too long, is no JSON, or is not what the schema asks for.
 */
export async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const result = schema.safeParse(parseJson(await readText(request)));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? 'The body' : `"${issue.path.join('.')}"`;
  throw new Refusal(400, 'bad-request', `${place} cannot be used: ${issue?.message ?? 'it is not valid'}.`);
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > MAX_BODY_BYTES) throw new Refusal(413, 'too-large', 'The request is too long.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, 'bad-request', 'The request is not JSON.');
  }
}
