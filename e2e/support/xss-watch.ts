import type { BrowserContext, Page, Route } from '@playwright/test';

/** The smallest PNG: pictures load, so that `onload` has its chance. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
/** Where a frame or a tab may go: the page's own server and, emptied, the web. */
const HARMLESS = /^(?:https?:|about:blank$|about:srcdoc$|$)/;

/** Plays the web outside: pictures that end in `.png` exist, scripts and pages run what is watched for. */
async function answerOutside(route: Route): Promise<void> {
  const type = route.request().resourceType();
  if (/\.png\b/.test(route.request().url())) await route.fulfill({ contentType: 'image/png', body: PIXEL });
  else if (type === 'script') await route.fulfill({ contentType: 'text/javascript', body: 'xss("script")' });
  else if (type === 'document') await route.fulfill({ contentType: 'text/html', body: '<p>outside</p>' });
  else await route.fulfill({ status: 404, body: '' });
}

/**
 * Watches all pages of a browser for anything that runs: `xss()` in whatever frame, dialogs, frames and tabs that go
 * to an address that is none of the web. The web itself is played by this function.
 * @returns what was seen; it grows
 */
export async function watchForXss(context: BrowserContext, ownOrigin: string): Promise<string[]> {
  const seen: string[] = [];
  await context.exposeBinding('xss', ({ frame }, which: unknown) => {
    seen.push(`xss(${String(which ?? '')}) ran on ${frame.url()}`);
  });
  const watch = (page: Page) => {
    page.on('dialog', (dialog) => {
      seen.push(`${dialog.type()} on ${page.url()}`);
      dialog.dismiss().catch((error: Error) => seen.push(error.message));
    });
    page.on('framenavigated', (frame) => {
      if (!HARMLESS.test(frame.url())) seen.push(`a frame went to ${frame.url()}`);
    });
    page.on('request', (request) => {
      const url = request.url();
      const isDocument = request.isNavigationRequest() || request.resourceType() === 'script';
      if (/^(?:javascript|vbscript|blob|filesystem):/i.test(url)) seen.push(`asked for ${url}`);
      else if (/^data:/i.test(url) && isDocument) seen.push(`asked for ${url}`);
    });
  };
  context.pages().forEach(watch);
  context.on('page', watch);
  await context.route((url) => /^https?:$/.test(url.protocol) && url.origin !== ownOrigin, answerOutside);
  return seen;
}

/**
 * What a page has that could run, as the browser itself understood it: elements and attributes that an article has no
 * business to have, and addresses by the scheme that the browser would follow.
 */
export function findDanger(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const allowed = /^(?:https?|mailto|tel|sms|xmpp|ircs?|magnet|ftp|gemini|gopher|matrix|geo):$/;
    for (const element of document.querySelectorAll('main *')) {
      const name = element.localName;
      const isArticle = Element.prototype.closest.call(element, '.article') !== null;
      if (isArticle && /^(?:script|style|svg|form|input|object|embed|link|meta|base|template)$/.test(name))
        found.push(`<${name}>`);
      // An article could have put a form's field in the place of the element's own methods.
      for (const key of Element.prototype.getAttributeNames.call(element)) {
        const value = Element.prototype.getAttribute.call(element, key) ?? '';
        if (key.startsWith('on') || key === 'srcdoc' || (isArticle && key === 'style'))
          found.push(`${name} ${key}=${value}`);
        // The forms around an article are ours, and have React's own address until they are used.
        if (!isArticle && key === 'action') continue;
        if (!/^(?:href|src|poster|action|formaction|data|cite|xlink:href)$/.test(key)) continue;
        const url = URL.canParse(value, document.baseURI) ? new URL(value, document.baseURI) : null;
        const isPicture = name === 'img' && /^data:image\/(?!svg)/.test(url?.href ?? '');
        if (url && !allowed.test(url.protocol) && !isPicture) found.push(`${name} ${key}=${value}`);
      }
    }
    return found;
  });
}

/**
 * Does to a page what a person, a browser and a script might: scrolls, focuses, sends each element each event that
 * there is a handler for, and parses the article again, as moving between pages does (where mutations come from).
 */
export async function provoke(page: Page): Promise<void> {
  await page.mouse.move(400, 200);
  await page.mouse.move(640, 500, { steps: 3 });
  await page.evaluate(async () => {
    // An event that nothing listens to does nothing: only the handlers that are there are called.
    const poke = (root: Element) => {
      for (const element of root.querySelectorAll('*')) {
        if (element instanceof HTMLElement && element.tabIndex >= 0)
          HTMLElement.prototype.focus.call(element);
        for (const name of Element.prototype.getAttributeNames.call(element))
          if (name.startsWith('on'))
            EventTarget.prototype.dispatchEvent.call(element, new Event(name.slice(2)));
      }
    };
    const main = document.querySelector('main');
    if (main) poke(main);
    window.scrollTo(0, document.documentElement.scrollHeight);
    for (const article of document.querySelectorAll('.article')) {
      let html = article.innerHTML;
      for (const holder of ['div', 'td', 'p', 'noscript']) {
        const again = document.createElement(holder);
        again.innerHTML = html;
        document.documentElement.append(again);
        poke(again);
        html = again.innerHTML;
        again.remove();
      }
      const parsed = new DOMParser().parseFromString(html, 'text/html');
      document.documentElement.append(document.importNode(parsed.body, true));
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  });
}
