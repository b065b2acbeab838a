import { request } from 'undici';

/** The form on the first page, as a browser without JavaScript would send it. */
export interface AddFeedForm {
  origin: string;
  fields: [name: string, value: string][];
}

const unescapeHtml = (text: string) =>
  text
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&');

/** Reads the hidden fields that lead a plain POST to the server action. */
export async function readForm(origin: string): Promise<AddFeedForm> {
  const { body } = await request(`${origin}/`);
  const html = await body.text();
  const form =
    html.match(/<form[^>]*>(?:(?!<\/form>).)*name="address"(?:(?!<\/form>).)*<\/form>/s)?.[0] ?? '';
  const fields = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]): [string, string] => [
    unescapeHtml(input.match(/name="([^"]*)"/)?.[1] ?? ''),
    unescapeHtml(input.match(/value="([^"]*)"/)?.[1] ?? ''),
  ]);
  if (fields.length === 0) throw new Error('The first page has no form that works without JavaScript.');
  return { origin, fields };
}

/** @returns where the form led to, and how many milliseconds that took. */
export async function submitForm(
  form: AddFeedForm,
  address: string,
): Promise<{ location: string; ms: number }> {
  const data = new FormData();
  for (const [name, value] of form.fields) data.append(name, value);
  data.append('address', address);
  const encoded = new Response(data);
  const headers = { 'content-type': encoded.headers.get('content-type') ?? '', origin: form.origin };
  const payload = Buffer.from(await encoded.arrayBuffer());
  const begun = performance.now();
  const {
    statusCode,
    headers: answer,
    body,
  } = await request(`${form.origin}/`, {
    method: 'POST',
    headers,
    body: payload,
  });
  await body.dump();
  const ms = performance.now() - begun;
  if (statusCode !== 303) throw new Error(`The form was answered with ${statusCode}.`);
  return { location: String(answer.location), ms };
}

/** @returns how many milliseconds a page took, read to its end. */
export async function timePage(url: string): Promise<number> {
  const begun = performance.now();
  const { statusCode, body } = await request(url);
  await body.dump({ limit: 10_000_000 });
  if (statusCode !== 200) throw new Error(`${url} answered ${statusCode}.`);
  return performance.now() - begun;
}
