import { describe, expect, it } from 'vitest';
import { findIconLinks } from './find-icon-links';

const find = (head: string) =>
  findIconLinks(`<!doctype html><head>${head}</head>`, 'https://example.org/blog/');

describe('findIconLinks', () => {
  it('takes the smallest that are large enough, then the largest of the others', () => {
    const links = find(`
      <link rel="icon" href="/16.png" sizes="16x16">
      <link rel="icon" href="/512.png" sizes="512x512">
      <link rel="shortcut icon" href="/favicon.ico">
      <link rel="icon" href="/icon.svg" type="image/svg+xml" sizes="any">
      <link rel="apple-touch-icon" href="/touch.png">
      <link rel="icon" href="/96.png" sizes="48x48 96x96">`);
    expect(links.map((link) => link.replace('https://example.org/', ''))).toEqual([
      '96.png',
      'touch.png',
      '512.png',
      'icon.svg',
      'favicon.ico',
      '16.png',
    ]);
  });
  it('resolves them against the page, or its base', () => {
    expect(find('<link rel=icon href=i.png>')).toEqual(['https://example.org/blog/i.png']);
    expect(find('<base href="//cdn.example/x/"><LINK REL="ICON" HREF="i.png">')).toEqual([
      'https://cdn.example/x/i.png',
    ]);
  });
  it('leaves masks, other links, other schemes and empty ones alone', () => {
    expect(
      find(`<link rel="mask-icon" href="/mask.svg"><link rel="stylesheet" href="/icon.css"><link rel="icon" href="">
        <link rel="icon" href="data:image/png;base64,AA=="><link rel="icon" href="http://[">`),
    ).toEqual([]);
  });
  it('names each once', () => {
    expect(find('<link rel=icon href=/a.png><link rel="shortcut icon" href=/a.png>')).toHaveLength(1);
  });
});
