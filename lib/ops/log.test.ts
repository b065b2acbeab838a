import { expect, it } from 'vitest';
import { createLog } from './log';

it('hides secrets, however deep they lie', () => {
  const lines: string[] = [];
  const log = createLog({ write: (line) => lines.push(line) });
  const secrets = { username: 'me', password: 'open sesame' };
  log.error({ password: 'open sesame' });
  log.error({ feed: { id: 1, credentials: secrets }, err: { request: { headers: { a: 1 } } } });
  log.error({ request: { headers: { authorization: 'Basic b3BlbiBzZXNhbWU=' } } });
  log.error({ env: { SECRET_KEY: 'open sesame', HTTP_PROXY: 'http://me:open sesame@proxy/' } });
  expect(lines).toHaveLength(4);
  for (const line of lines) expect(line).not.toMatch(/sesame|b3Blbi/);
});
