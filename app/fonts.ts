import localFont from 'next/font/local';

// Latin only, and only the two upright faces are preloaded: other scripts come from the packages' own
// style sheets (layout.tsx), which load a file when a page holds a character of it. All faces of one
// design share a declared family, so that italics are never synthesised from the upright.

/** Interface: names, buttons, dates. */
export const TidingsSans = localFont({
  src: '../node_modules/@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2',
  weight: '300 900',
  display: 'swap',
  adjustFontFallback: 'Arial',
  declarations: [{ prop: 'font-family', value: 'TidingsSans' }],
});

/** Reading: headlines and articles. */
export const TidingsSerif = localFont({
  src: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-normal.woff2',
  weight: '200 900',
  display: 'swap',
  adjustFontFallback: 'Times New Roman',
  declarations: [{ prop: 'font-family', value: 'TidingsSerif' }],
});

/** Its italic, of the same family. */
export const TidingsSerifItalic = localFont({
  src: '../node_modules/@fontsource-variable/literata/files/literata-latin-wght-italic.woff2',
  weight: '200 900',
  style: 'italic',
  display: 'swap',
  preload: false,
  adjustFontFallback: false,
  declarations: [{ prop: 'font-family', value: 'TidingsSerif' }],
});
