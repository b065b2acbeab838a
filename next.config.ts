import type { NextConfig } from 'next';

const root = process.cwd();

/** Browsers that know what our style sheets use (anchors, popovers, nesting) have had all of these for years. */
const NO_POLYFILL = { browser: './scripts/build/no-polyfill.cjs' };

/** The same module in the form that lets go of what nobody uses: Next's client wants three of its hundred texts. */
const AS_MODULE = { browser: 'next/dist/esm/lib/constants.js' };

/** Where Next has a page of its own for what broke, of 2 kB, ours stands. */
const OUR_ERROR = { browser: './app/global-error.tsx' };

/** By the names under which Next asks for them: where these change, nothing breaks, and a first load weighs more. */
const lighter = {
  '../build/polyfills/polyfill-module': NO_POLYFILL,
  'next/dist/build/polyfills/process': NO_POLYFILL,
  '../../../lib/constants': AS_MODULE,
  '../../../../lib/constants': AS_MODULE,
  './builtin/global-error': OUR_ERROR,
  '../components/builtin/global-error': OUR_ERROR,
};

const config: NextConfig = {
  // .next/standalone runs without node_modules: that folder is what `npm start` and the Docker image run.
  output: 'standalone',
  outputFileTracingRoot: root,
  // Next's image service would fetch from other servers in the web process.
  images: { unoptimized: true },
  turbopack: { root, resolveAlias: lighter },
  experimental: {
    turbopackCjsTreeShaking: true,
    // Fewer scripts with more in each: they pack better, and nothing of a page is in two of them.
    turbopackChunking: { minChunkSize: 200_000 },
  },
  // `npm test` checks the types; somebody who only starts Tidings need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};

export default config;
