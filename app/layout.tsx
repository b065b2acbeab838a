import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import '@fontsource-variable/figtree/index.css';
import '@fontsource-variable/literata/wght.css';
import '@fontsource-variable/literata/wght-italic.css';
import './globals.css';
import { TidingsSans, TidingsSerif, TidingsSerifItalic } from './fonts';

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

/** The document around every page. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-fonts={fontNames.length}>
      <body className="min-h-dvh bg-paper text-ink antialiased">{children}</body>
    </html>
  );
}
