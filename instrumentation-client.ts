import { keepEarlyKeys } from '@/app/ui/reader/early-keys';

/** Where Next keeps the parts of pages. */
const OWN_SCRIPTS = '/_next/static/';

/**
 * The only way from text to something that runs, on browsers that know Trusted Types: the address of a script has to be
 * one of ours. HTML passes: nothing in it runs, since it cannot know the nonce, and articles have been sanitised.
 */
interface Policy {
  createHTML(text: string): string;
  createScriptURL(text: string): string;
}

interface PolicyFactory {
  createPolicy(name: string, policy: Policy): unknown;
}

keepEarlyKeys();

const { trustedTypes } = window as Window & { trustedTypes?: PolicyFactory };

trustedTypes?.createPolicy('default', {
  createHTML: (text) => text,
  createScriptURL(text) {
    const url = new URL(text, window.location.href);
    if (url.origin === window.location.origin && url.pathname.startsWith(OWN_SCRIPTS)) return text;
    throw new TypeError(`${text} is no script of Tidings.`);
  },
});
