import { describe, expect, it } from 'vitest';
import { isProxied } from './choose-proxy';

const proxy = {
  http: 'http://proxy:3128',
  https: '',
  except: 'a.example, .b.example  *.c.example d.example:8080',
};

describe('isProxied', () => {
  it.each([
    ['http://other.example/', true],
    ['https://other.example/', true],
    ['http://a.example/', false],
    ['http://sub.a.example/', false],
    ['http://nota.example/', true],
    ['http://b.example/', false],
    ['http://sub.b.example/', false],
    ['http://sub.c.example/', false],
    ['http://d.example:8080/', false],
    ['http://d.example/', true],
    ['http://localhost:3000/', false],
    ['http://127.0.0.2/', false],
    ['http://[::1]/', false],
  ])('%s: %s', (url, proxied) => expect(isProxied(new URL(url), proxy)).toBe(proxied));

  it('of two proxies each has its scheme, and a star excepts everything', () => {
    const secure = { http: '', https: 'http://proxy:3128', except: '' };
    expect(isProxied(new URL('https://x.example/'), secure)).toBe(true);
    expect(isProxied(new URL('http://x.example/'), secure)).toBe(false);
    expect(isProxied(new URL('https://x.example/'), { ...secure, except: '*' })).toBe(false);
    expect(isProxied(new URL('https://x.example/'), undefined)).toBe(false);
  });
});
