import { expect, it } from 'vitest';
import { explainOutput } from './problem';

it.each([
  ['FATAL:  could not write: No space left on device', 'The disk is full: It did not start in /data.'],
  [
    'could not extend file "base/1/2702": wrote only 4096 of 8192 bytes',
    'The disk is full: It did not start in /data.',
  ],
  [
    'initdb: error: could not create directory: Permission denied',
    'It did not start: its user has no permission to use /data.',
  ],
  ['mkdir: Read-only file system', 'It did not start: /data is on a read-only file system.'],
  [
    'LOG:  starting\n2026 UTC [1] FATAL:  the moon is full.\nmore',
    'It did not start: the moon is full (see /data).',
  ],
  ['', 'It did not start (see /data).'],
])('puts %j into one sentence', (output, sentence) => {
  expect(explainOutput('It did not start', output, '/data').message).toBe(sentence);
});
