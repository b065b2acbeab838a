import { decodeHTMLStrict } from 'entities';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createEntityDecoder } from './decode-entities';

it('decodes as the library does, reference by reference', () => {
  const piece = fc.constantFrom(
    ...[
      '&lt;',
      '&gt;',
      '&amp;',
      '&quot;',
      '&apos;',
      '&nbsp;',
      '&Eacute;',
      '&eacute;',
      '&#60;',
      '&#x3C;',
      '&#X3c;',
    ],
    ...[
      '&#0;',
      '&#128;',
      '&#xd800;',
      '&#x110000;',
      '&#;',
      '&;',
      '&',
      '&&',
      '&lt',
      '&LT;',
      '&nope;',
      '&notin;',
      '&a b;',
    ],
    ...['#', ';', 'x', 'lt;', 'amp;', ' ', 'é', '\u{1f600}', '<', '>'],
  );
  const decode = createEntityDecoder('', new Set());
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('');
      expect(decode(text)).toBe(decodeHTMLStrict(text));
    }),
    { seed: 3, numRuns: 20_000 },
  );
});
