import { expect, test } from 'vitest';
import { langTag } from './lang-tag';

test.each([
  ['en-US', 'word', 'en-US'],
  [' pt_BR ', 'word', 'pt-BR'],
  ['English, mostly', 'word', ''],
  [null, 'word', ''],
  [null, '潮が引いた', 'ja'],
  [null, '항구 소식', 'ko'],
  [null, '港口消息', 'zh'],
  ['zh-Hant', '潮が引いた', 'zh-Hant'],
])('%s with “%s” is “%s”', (language, text, tag) => {
  expect(langTag(language, text)).toBe(tag);
});
