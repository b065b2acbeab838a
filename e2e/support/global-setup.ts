import { join } from 'node:path';
import { BUNDLES } from '../../test/support/bundles';
import { ensureBuild } from '../../test/support/ensure-build';
import { FEATURES_OFF, listFeaturesOff } from './browser';

/** The tests run what is built, workers as well: here, where it is not what the sources say. */
export default async function setup(): Promise<void> {
  await ensureBuild();
  process.env[BUNDLES] = join(process.cwd(), 'dist');
  process.env[FEATURES_OFF] = await listFeaturesOff();
}
