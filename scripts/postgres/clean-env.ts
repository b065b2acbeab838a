/**
 * The environment for PostgreSQL's programs: PG* variables of the person's own would change where they look,
 * and messages are read here, so they must not be translated.
 */
export function cleanEnv(): NodeJS.ProcessEnv {
  const { PATH, TMPDIR, NODE_ENV } = process.env;
  return { NODE_ENV, LC_ALL: 'C', TZ: 'UTC', ...(PATH ? { PATH } : {}), ...(TMPDIR ? { TMPDIR } : {}) };
}
