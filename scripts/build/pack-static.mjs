import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress } from 'node:zlib';
import { gzipAsync } from '@gfx/zopfli';

/** More turns make it smaller by a thousandth. */
const ZOPFLI = { numiterations: 5 };

/**
 * Packs the scripts and styles that browsers load, once, as small as it goes: beside each file stand `.gz` and `.br`.
 *
 * @param {string} folder what is under `/_next/static`.
 */
export async function packStatic(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const brotli = promisify(brotliCompress);
  await Promise.all(
    names
      .filter((name) => /\.(?:js|css)$/.test(name))
      .map(async (name) => {
        const path = join(folder, name);
        const content = readFileSync(path);
        // Brotli is other threads' work meanwhile.
        const [small, smaller] = await Promise.all([gzipAsync(content, ZOPFLI), brotli(content)]);
        writeFileSync(`${path}.gz`, small);
        writeFileSync(`${path}.br`, smaller);
      }),
  );
}
