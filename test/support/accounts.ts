import { PASSWORD } from './account-rows';
import { listActions, postAction } from './ownership/ask';
import { ABSENT } from './ownership/victim';

/** Sends a form to an action. @param page that has it. @param action its file and name. */
export function sendForm(
  caller: { url: string; headers: Record<string, string> },
  page: string,
  action: string,
  fields: Record<string, string | number>,
  state?: unknown,
): Promise<Response> {
  const id = listActions().get(action);
  if (id === undefined) throw new Error(`The build has no ${action}.`);
  return postAction(caller, id, { state, fields: () => Object.entries(fields) }, ABSENT, page);
}

/** @returns the cookies that an answer sets, as they are sent back. */
export function cookiesOf(response: Response): string {
  const set = response.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
  return set.filter((cookie) => !/^[^=]*=$/.test(cookie)).join('; ');
}

/** Signs in by the form of the sign-in page. */
export function enter(
  url: string,
  name: string,
  password = PASSWORD,
  headers: Record<string, string> = {},
): Promise<Response> {
  const state = { message: null, name: '' };
  const fields = { name, password, remember: 'on', to: '/' };
  return sendForm({ url, headers }, '/sign-in', 'app/account/entry-actions.ts#enter', fields, state);
}

/** Signs in. @returns the header with the browser's cookies. */
export async function signIn(url: string, name: string, password = PASSWORD): Promise<{ cookie: string }> {
  const response = await enter(url, name, password);
  const cookie = cookiesOf(response);
  if (cookie === '') throw new Error(`${name} was not let in: ${JSON.stringify([...response.headers])}`);
  return { cookie };
}
