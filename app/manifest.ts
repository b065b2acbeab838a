import type { MetadataRoute } from 'next';

/** What a phone needs to keep Tidings among its applications. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: 'Tidings',
    short_name: 'Tidings',
    description: 'A feed reader of one’s own.',
    start_url: '/',
    display: 'standalone',
    background_color: '#fcfbf8',
    theme_color: '#fcfbf8',
    icons: [
      { src: '/icon.svg', sizes: 'any', type: 'image/svg+xml' },
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
