/**
 * Writes one line for the person at the terminal.
 *
 * @param {string} line
 */
export function say(line) {
  process.stdout.write(`${line}\n`);
}

/**
 * Writes one line about something that went wrong.
 *
 * @param {string} line
 */
export function complain(line) {
  process.stderr.write(`${line}\n`);
}
