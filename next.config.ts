import type { NextConfig } from 'next';

const root = process.cwd();

const config: NextConfig = {
  // .next/standalone runs without node_modules: that folder is what `npm start` and the Docker image run.
  output: 'standalone',
  outputFileTracingRoot: root,
  // Next's image service would fetch from other servers in the web process.
  images: { unoptimized: true },
  turbopack: { root },
  // `npm test` checks the types; somebody who only starts Tidings need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};

export default config;
