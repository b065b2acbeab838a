/**
 * Namespace addresses and the prefix that this code base uses for each, whatever prefix the document chose.
 * Addresses are compared in lower case, without scheme, trailing `/` or `#`: feeds misspell all of those.
 */
const PREFIX_BY_ADDRESS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'www.w3.org/2005/atom': 'atom',
    'purl.org/atom/ns': 'atom',
    'purl.org/rss/1.0': 'rss',
    'my.netscape.com/rdf/simple/0.9': 'rss',
    'channel.netscape.com/rdf/simple/0.9': 'rss',
    'backend.userland.com/rss2': 'rss',
    'backend.userland.com/rss': 'rss',
    'blogs.law.harvard.edu/tech/rss': 'rss',
    'cyber.law.harvard.edu/rss/rss.html': 'rss',
    'www.rssboard.org/rss-specification': 'rss',
    'purl.org/net/rss1.1': 'rss',
    'my.netscape.com/publish/formats/rss-0.91.dtd': 'rss',
    'www.w3.org/1999/02/22-rdf-syntax-ns': 'rdf',
    'www.w3.org/1999/xhtml': 'xhtml',
    'www.w3.org/tr/rec-html40': 'xhtml',
    'www.w3.org/2000/svg': 'svg',
    'www.w3.org/1998/math/mathml': 'math',
    'www.w3.org/1999/xlink': 'xlink',
    'www.w3.org/xml/1998/namespace': 'xml',
    'purl.org/rss/1.0/modules/content': 'content',
    'purl.org/dc/elements/1.1': 'dc',
    'purl.org/dc/elements/1.0': 'dc',
    'purl.org/rss/1.0/modules/dc': 'dc',
    'purl.org/dc/terms': 'dcterms',
    'purl.org/rss/1.0/modules/dcterms': 'dcterms',
    'search.yahoo.com/mrss': 'media',
    'search.yahoo.com/mrssmedia': 'media',
    'video.search.yahoo.com/mrss': 'media',
    'tools.search.yahoo.com/mrss': 'media',
    'www.rssboard.org/media-rss': 'media',
    'www.itunes.com/dtds/podcast-1.0.dtd': 'itunes',
    'www.itunes.com/dtds/podcast': 'itunes',
    'example.com/dtds/podcast-1.0.dtd': 'itunes',
    'podcastindex.org/namespace/1.0': 'podcast',
    'github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md': 'podcast',
    'www.google.com/schemas/play-podcasts/1.0': 'googleplay',
    'podlove.org/simple-chapters': 'psc',
    'purl.org/rss/1.0/modules/syndication': 'sy',
    'purl.org/rss/1.0/modules/slash': 'slash',
    'purl.org/rss/1.0/modules/taxonomy': 'taxo',
    'purl.org/rss/1.0/modules/link': 'l',
    'purl.org/rss/1.0/modules/image': 'image',
    'purl.org/rss/1.0/modules/email': 'email',
    'purl.oclc.org/net/rss_2.0/enc': 'enc',
    'purl.org/net/rss_2.0/enc': 'enc',
    'wellformedweb.org/commentapi': 'wfw',
    'purl.org/syndication/thread/1.0': 'thr',
    'www.w3.org/2007/app': 'app',
    'purl.org/atom/app': 'app',
    'rssnamespace.org/feedburner/ext/1.0': 'feedburner',
    'www.pheedo.com/namespace/pheedo': 'pheedo',
    'base.google.com/ns/1.0': 'g',
    'www.youtube.com/xml/schemas/2015': 'yt',
    'gdata.youtube.com/schemas/2007': 'yt',
    'webns.net/mvcb': 'admin',
    'xmlns.com/foaf/0.1': 'foaf',
    'www.georss.org/georss': 'georss',
    'a9.com/-/spec/opensearch/1.1': 'opensearch',
    'prismstandard.org/namespaces/basic/2.0': 'prism',
    'prismstandard.org/namespaces/1.2/basic': 'prism',
    'activitystrea.ms/spec/1.0': 'activity',
    'portablecontacts.net/spec/1.0': 'poco',
    'backend.userland.com/creativecommonsrssmodule': 'cc',
    'web.resource.org/cc': 'cc',
    'creativecommons.org/ns': 'cc',
    'www.microsoft.com/schemas/rss/core/2005': 'cf',
    'source.scripting.com': 'source',
    'purl.org/rss/1.0/modules/annotate': 'annotate',
    'schema.org': 'schema',
  }),
);

/** Prefixes that are believed without a declaration, and other spellings of them. */
const KNOWN_PREFIXES = new Set(PREFIX_BY_ADDRESS.values());
const PREFIX_ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    atom10: 'atom',
    atom03: 'atom',
    a10: 'atom',
    rss10: 'rss',
    encoded: 'content',
    dct: 'dcterms',
    h: 'xhtml',
    html: 'xhtml',
    mrss: 'media',
    creativecommons: 'cc',
    'google-play': 'googleplay',
  }),
);

/** The prefix of a namespace address; null when nobody here knows it. */
function prefixOfNamespace(address: string): string | null {
  const key = address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/[/#?]+$/, '');
  return PREFIX_BY_ADDRESS.get(key) ?? null;
}

/** What a prefix that the document does not declare most likely means. */
function guessPrefix(prefix: string): string {
  const lower = prefix.toLowerCase();
  return PREFIX_ALIASES.get(lower) ?? (KNOWN_PREFIXES.has(lower) ? lower : `?${lower}`);
}

/** The same string as the engine keeps it for property names, which compares by address: names are compared a lot. */
function internName(name: string): string {
  return Object.keys({ [name]: 0 })[0] ?? name;
}

/** Prefix declarations in force, as a chain from the innermost element outwards. */
export class NamespaceScope {
  /** Canonical names already worked out in this scope: most tags repeat. */
  readonly names = new Map<string, string>();
  readonly #prefixes: Map<string, string>;
  /** Namespace whose elements go without prefix: the format's own. */
  readonly core: string;

  /** Prefixes that were used without a declaration; shared by all scopes of a document. */
  readonly undeclared: Set<string>;

  constructor(core: string, prefixes: Map<string, string> = new Map(), undeclared: Set<string> = new Set()) {
    this.undeclared = undeclared;
    this.core = core;
    this.#prefixes = prefixes;
  }

  /** A scope with more declarations; `declared` maps prefixes ('' for the default) to addresses. */
  extend(declared: Map<string, string>, isRoot: boolean): NamespaceScope {
    const prefixes = new Map(this.#prefixes);
    for (const [prefix, address] of declared) {
      const known = prefixOfNamespace(address);
      // A root in a namespace that nobody knows still is what its name says; below it, it is somebody's extension.
      if (prefix === '') prefixes.set('', known ?? (isRoot || !address ? this.core : '?'));
      // A well-known prefix with a wrong address at the root is left to be guessed.
      else if (known || !isRoot || guessPrefix(prefix).startsWith('?'))
        prefixes.set(prefix, known ?? `?${prefix}`);
    }
    return new NamespaceScope(this.core, prefixes, this.undeclared);
  }

  /** Canonical name of an element: `Media:Content` -> `media:content`, the format's own `Title` -> `title`. */
  nameElement(raw: string): string {
    const cached = this.names.get(raw);
    if (cached !== undefined) return cached;
    const colon = raw.indexOf(':');
    const given = colon > 0 ? raw.slice(0, colon) : '';
    const local = raw.slice(colon > 0 ? colon + 1 : 0).toLowerCase();
    const known = this.#prefixes.get(given);
    if (known === undefined && given) this.undeclared.add(given);
    const prefix = known ?? (given ? guessPrefix(given) : this.core);
    const name = internName(prefix === this.core ? local : `${prefix}:${local}`);
    this.names.set(raw, name);
    return name;
  }

  /** Canonical name of an attribute: without a prefix it belongs to its element. */
  nameAttribute(raw: string): string {
    const colon = raw.indexOf(':');
    if (colon <= 0) return raw.toLowerCase();
    const given = raw.slice(0, colon);
    const prefix = given.toLowerCase() === 'xml' ? 'xml' : (this.#prefixes.get(given) ?? guessPrefix(given));
    const local = raw.slice(colon + 1).toLowerCase();
    return prefix === this.core ? local : `${prefix}:${local}`;
  }
}
