import { describe, expect, it } from 'vitest';
import { type ChallengeEvidence, recogniseChallenge } from './challenge';

const page = (inside: string) =>
  `<!DOCTYPE html>\n<html lang="en"><head>${inside}</head><body></body></html>`;

const recognise = (evidence: Partial<ChallengeEvidence>) =>
  recogniseChallenge({
    url: new URL('https://example.org/feed'),
    redirected: false,
    status: 403,
    headers: {},
    body: '',
    ...evidence,
  });

describe('recogniseChallenge', () => {
  it.each<[string, Partial<ChallengeEvidence>]>([
    ['Cloudflare', { headers: { 'cf-mitigated': 'challenge' } }],
    ['Cloudflare', { status: 503, body: page('<title>Just a moment...</title>') }],
    ['Cloudflare', { status: 403, body: page('<script>window._cf_chl_opt={cvId:"3"}</script>') }],
    ['DDoS-Guard', { body: page('<script src="/.well-known/ddos-guard/js-challenge/index.js"></script>') }],
    [
      'Sucuri',
      { status: 200, body: `<html><title>You are being redirected...</title>sucuri_cloudproxy_js=''` },
    ],
    [
      'Akamai',
      { status: 200, body: page('<meta http-equiv="refresh" content="5; URL=\'/?bm-verify=AAQ\'">') },
    ],
    ['Imperva', { status: 200, body: page('<script src="/_Incapsula_Resource?SWJIYLWA=719"></script>') }],
    ['AWS WAF', { status: 202, headers: { 'x-amzn-waf-action': 'challenge' } }],
    ['AWS WAF', { status: 405, headers: { 'x-amzn-waf-action': 'captcha' } }],
    [
      'Anubis',
      { status: 200, body: page('<script id="anubis_version" type="application/json">"v1"</script>') },
    ],
    ['Vercel', { status: 429, headers: { 'x-vercel-mitigated': 'challenge' } }],
    ['DataDome', { body: page("<script>var dd={'host':'geo.captcha-delivery.com'}</script>") }],
    ['HUMAN', { body: page('<div id="px-captcha"></div>') }],
  ])('%s: %o', (by, evidence) => expect(recognise(evidence)).toEqual({ kind: 'person', by }));

  it('a login page that redirects lead to, and a network that asks for one', () => {
    const body = page('<form><input name="p" type="password"></form>');
    const url = new URL('https://example.org/users/sign_in?next=/feed');
    expect(recognise({ status: 200, body, url, redirected: true })).toEqual({ kind: 'login', by: null });
    expect(recognise({ status: 200, body, url })).toBeNull();
    expect(recognise({ status: 200, body, redirected: true })).toBeNull();
    expect(recognise({ status: 511 })).toEqual({ kind: 'portal', by: null });
  });

  it.each<[string, Partial<ChallengeEvidence>]>([
    [
      'a feed that quotes a sign',
      { status: 200, body: '<?xml version="1.0"?><rss>_Incapsula_Resource</rss>' },
    ],
    [
      'a site behind Cloudflare',
      { status: 200, headers: { server: 'cloudflare', 'cf-ray': '1' }, body: page('') },
    ],
    ['a plain refusal', { body: page('<title>Attention Required! | Cloudflare</title>') }],
    ['a lost page', { status: 404, body: page('<script src="/_Incapsula_Resource?x"></script>') }],
    ['an empty refusal', {}],
  ])('%s is none', (_name, evidence) => expect(recognise(evidence)).toBeNull());
});
