// Read by any Node.js, also by ones that know neither modules nor arrow functions: nothing newer in this file.

/** Ends the process with one sentence when this Node.js is too old for the rest. */
function requireNode(version) {
  const parts = version.split('.').map(Number);
  if (parts[0] > 20 || (parts[0] === 20 && parts[1] >= 19)) return;
  process.stderr.write(`Tidings needs Node.js 20.19 or newer; this is ${version}.\n`);
  process.exit(1);
}

requireNode(process.versions.node);
