import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { CSSProperties, ReactNode } from 'react';
import '@fontsource-variable/figtree/index.css';
import '@fontsource-variable/literata/wght.css';
import '@fontsource-variable/literata/wght-italic.css';
import './globals.css';
import { TidingsSans, TidingsSerif, TidingsSerifItalic } from './fonts';
import { PANES_COOKIE, parsePanes } from './ui/reader/pane-widths';
import { parseSettings, rootAttributes, SETTINGS_COOKIE } from './ui/reader/reading-settings';

export const metadata: Metadata = {
  title: { default: 'Tidings', template: '%s · Tidings' },
  description: 'A feed reader of one’s own.',
  applicationName: 'Tidings',
  robots: { index: false, follow: false },
  // Sites that are read about do not learn by whom; posting a form to oneself still names its origin.
  referrer: 'same-origin',
  formatDetection: { telephone: false, date: false, address: false, email: false },
  appleWebApp: { capable: true, title: 'Tidings', statusBarStyle: 'default' },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fcfbf8' },
    { media: '(prefers-color-scheme: dark)', color: '#121a1d' },
  ],
};

// Naming the fonts here is what puts their faces and preloads into the page.
const fontNames = [TidingsSans, TidingsSerif, TidingsSerifItalic].map((font) => font.style.fontFamily);

/** The document around every page. What has been chosen for reading stands on it, where style sheets find it. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies();
  const settings = parseSettings(jar.get(SETTINGS_COOKIE)?.value);
  const { nav, list } = parsePanes(jar.get(PANES_COOKIE)?.value);
  const widths = { '--nav-width': `${nav}px`, '--list-width': `${list}px` } as CSSProperties;
  return (
    <html lang="en" data-fonts={fontNames.length} {...rootAttributes(settings)} style={widths}>
      <body className="min-h-dvh bg-paper text-ink antialiased">{children}</body>
    </html>
  );
}
