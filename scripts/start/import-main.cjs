// A file of its own: an old Node.js fails to parse import() before it could run the check of its version.
import('./main.mjs').then((module) => module.main());
