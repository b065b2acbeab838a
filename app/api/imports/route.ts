import { answer } from '@/app/api/answer';
import { MAX_IMPORT_BYTES, startImport } from '@/lib/service/start-import';

export const dynamic = 'force-dynamic';

/** What a form adds around its file. */
const FORM_BYTES = 4096;

/** See other: the browser asks for the page, and reloading it does not send the file again. */
const goTo = (path: string) => new Response(null, { status: 303, headers: { Location: path } });

/** @returns the request's body; null once it is longer than may be: the rest of it is not read. */
async function readBounded(request: Request, limit: number): Promise<Buffer | null> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength;
    if (size > limit) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** @returns the file of a form as browsers send it (RFC 7578); null where it has none. */
async function readFile(body: Buffer, contentType: string): Promise<File | null> {
  const form = new Response(new Uint8Array(body), { headers: { 'Content-Type': contentType } });
  const fields = await form.formData().catch(() => null);
  const file = fields?.get('file');
  return file instanceof File ? file : null;
}

/**
 * Takes a list of feeds from the form of the page, and leads to the page of the import. A route, not a server action:
 * of those, all have one limit.
 */
export const POST = answer(async ({ request, user }) => {
  const body = await readBounded(request, MAX_IMPORT_BYTES + FORM_BYTES);
  if (body === null) return goTo('/import?refused=too-large');
  const file = await readFile(body, request.headers.get('content-type') ?? '');
  if (file === null) return goTo('/import?refused=empty');
  const bytes = new Uint8Array(await file.arrayBuffer());
  const started = await startImport({ userId: user.id, file: { name: file.name, bytes } });
  return goTo(started.ok ? `/import/${started.importId}` : `/import?refused=${started.code}`);
});
