import sanitize from 'sanitize-html';

/** Sanitises HTML of a feed for display. @param base address that relative links are resolved against */
export function sanitiseHtml(html: string, _base: string): string {
  if (!/[<&]/.test(html)) return html.replace(/>/g, '&gt;').trim();
  return sanitize(html, {
    allowedTags: [
      ...sanitize.defaults.allowedTags,
      'img',
      'picture',
      'source',
      'video',
      'audio',
      'del',
      'ins',
    ],
    allowedAttributes: {
      a: ['href', 'title', 'rel'],
      img: ['src', 'srcset', 'alt', 'title', 'width', 'height', 'loading', 'referrerpolicy'],
      source: ['src', 'srcset', 'type', 'media'],
      video: ['src', 'poster', 'controls'],
      audio: ['src', 'controls'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
    },
    allowedSchemes: ['http', 'https', 'mailto'],
    transformTags: {
      a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer' }),
      img: sanitize.simpleTransform('img', { loading: 'lazy', referrerpolicy: 'no-referrer' }),
    },
  }).trim();
}
