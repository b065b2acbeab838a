import { ensureBuild } from '../../test/support/ensure-build';

/** The tests run what is built: here, where it is not what the sources say. */
export default ensureBuild;
