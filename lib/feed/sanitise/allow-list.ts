/** Elements that an article may have. No `svg`, `style`, `form` or anything that runs, loads or covers the page. */
export const ALLOWED_TAGS =
  'a abbr acronym address article aside audio b bdi bdo big blockquote br caption center cite code col colgroup data dd del details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img ins kbd li main mark menu nav ol p picture pre q rb rp rt rtc ruby s samp section small source span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var video wbr math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics annotation'.split(
    ' ',
  );

/** Elements that go with all that is in them: their text is not for reading. */
export const DROPPED_TAGS =
  'script style textarea option xmp select svg template noembed noframes plaintext title head object applet'.split(
    ' ',
  );

/** Attributes that may be on every element. */
export const GLOBAL_ATTRIBUTES = ['dir', 'lang', 'title'];

/** Attributes by element, in the order in which they are written. The addresses among them are checked one by one. */
export const ATTRIBUTES: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    a: ['href', 'hreflang', 'rel', 'target'],
    audio: ['src', 'controls', 'preload', 'loop', 'muted'],
    blockquote: ['cite'],
    col: ['span'],
    colgroup: ['span'],
    data: ['value'],
    del: ['datetime', 'cite'],
    details: ['open'],
    iframe: ['src', 'width', 'height', 'allow', 'allowfullscreen', 'sandbox', 'loading', 'referrerpolicy'],
    img: ['src', 'srcset', 'sizes', 'alt', 'width', 'height', 'loading', 'decoding', 'referrerpolicy'],
    ins: ['datetime', 'cite'],
    li: ['value'],
    math: ['display'],
    mfrac: ['linethickness'],
    mo: ['stretchy', 'fence', 'separator', 'form', 'accent'],
    mover: ['accent'],
    munder: ['accentunder'],
    mtd: ['columnspan', 'rowspan'],
    ol: ['start', 'type', 'reversed'],
    pre: ['tabindex'],
    q: ['cite'],
    source: ['src', 'srcset', 'sizes', 'media', 'type'],
    td: ['colspan', 'rowspan', 'headers'],
    th: ['colspan', 'rowspan', 'headers', 'scope', 'abbr'],
    time: ['datetime'],
    ul: ['type'],
    video: ['src', 'poster', 'width', 'height', 'controls', 'preload', 'loop', 'muted', 'playsinline'],
  }),
);

/** Hosts whose players may be framed; a player of any other host is replaced by nothing. */
export const PLAYER_HOSTS = new Set([
  'www.youtube.com',
  'youtube.com',
  'www.youtube-nocookie.com',
  'youtube-nocookie.com',
  'player.vimeo.com',
  'www.dailymotion.com',
  'geo.dailymotion.com',
  'player.twitch.tv',
  'clips.twitch.tv',
  'open.spotify.com',
  'w.soundcloud.com',
  'bandcamp.com',
  'embed.podcasts.apple.com',
  'embed.music.apple.com',
  'www.arte.tv',
  'player.bilibili.com',
  'embed.ted.com',
  'archive.org',
  'cdn.jwplayer.com',
  'fast.wistia.net',
  'embedly.com',
  'cdn.embedly.com',
  'codepen.io',
]);
