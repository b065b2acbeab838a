import { decodeHTMLAttribute } from 'entities';
import { QuoteType, Tokenizer, type TokenizerCallbacks } from 'htmlparser2';
import { escapeAttribute } from './escape-html';
import { isUrlAttribute, resolveAttribute } from './url-attributes';

/**
 * A URL attribute whose value does not start with a scheme or `#`. It starts at the `=`,
 * which is rare, and looks back for the name. The counts are bounded, since two unbounded runs of white space would
 * take quadratic time.
 */
const RELATIVE =
  /=(?!["']?https?:)(?:(?<=\b(?:href|src|poster|cite|longdesc|action|background|codebase|data|usemap|classid|profile)\s{0,9}=)\s{0,9}(?:"\s{0,9}|'\s{0,9})?(?![a-z][a-z0-9+.-]{0,20}:|[#"'>\s])|(?<=srcset\s{0,9}=))/i;

/**
 * HTML with the addresses in its attributes made absolute, and everything else as it was. Most HTML has nothing to
 * resolve, which one scan tells.
 */
export function resolveHtml(html: string, base: string): string {
  if (base === '' || !RELATIVE.test(html)) return html;
  const resolver = new Resolver(html, base);
  const tokenizer = new Tokenizer({ xmlMode: false, decodeEntities: false }, resolver);
  tokenizer.write(html);
  tokenizer.end();
  return resolver.finish();
}

class Resolver implements TokenizerCallbacks {
  readonly #html: string;
  readonly #base: string;
  readonly #parts: string[] = [];
  #copied = 0;
  #name = '';
  #valueStart = -1;
  #valueEnd = -1;

  constructor(html: string, base: string) {
    this.#html = html;
    this.#base = base;
  }

  finish(): string {
    if (this.#copied === 0) return this.#html;
    this.#parts.push(this.#html.slice(this.#copied));
    return this.#parts.join('');
  }

  onattribname(start: number, end: number): void {
    this.#name = this.#html.slice(start, end).toLowerCase();
    this.#valueStart = -1;
  }

  onattribdata(start: number, end: number): void {
    if (this.#valueStart < 0) this.#valueStart = start;
    this.#valueEnd = end;
  }

  onattribend(quote: QuoteType): void {
    if (this.#valueStart < 0 || quote === QuoteType.NoValue || !isUrlAttribute(this.#name)) return;
    const value = decodeHTMLAttribute(this.#html.slice(this.#valueStart, this.#valueEnd));
    const resolved = resolveAttribute(this.#name, value, this.#base);
    if (resolved === value) return;
    const escaped = escapeAttribute(resolved).replaceAll("'", '&#39;');
    this.#parts.push(this.#html.slice(this.#copied, this.#valueStart), escaped);
    this.#copied = this.#valueEnd;
  }

  onattribentity(): void {}
  oncdata(): void {}
  onclosetag(): void {}
  oncomment(): void {}
  ondeclaration(): void {}
  onend(): void {}
  onopentagend(): void {}
  onopentagname(): void {}
  onprocessinginstruction(): void {}
  onselfclosingtag(): void {}
  ontext(): void {}
  ontextentity(): void {}
}
