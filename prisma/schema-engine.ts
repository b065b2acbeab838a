import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as glue from '@prisma/schema-engine-wasm/schema_engine_bg';
import { Pool } from 'pg';

/**
 * Prisma's own schema engine, as WebAssembly: the native one is a download of its own, which a machine on a
 * closed network cannot make. It keeps the same `_prisma_migrations` table, so `prisma migrate` agrees.
 */

/** Finds a file beside this module, or, in the bundle under dist/, where the build put it. */
function locate(...candidates: string[]): string {
  const found = candidates
    .map((candidate) => fileURLToPath(new URL(candidate, import.meta.url)))
    .find(existsSync);
  if (found === undefined)
    throw new Error(`None of ${candidates.join(', ')} exists: the build is incomplete.`);
  return found;
}

function readWasm(): Buffer<ArrayBuffer> {
  const beside = fileURLToPath(new URL('./schema_engine_bg.wasm', import.meta.url));
  if (existsSync(beside)) return readFileSync(beside);
  const script = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm/schema_engine_bg');
  return readFileSync(script.replace(/\.js$/, '.wasm'));
}

let loaded: Promise<typeof glue> | undefined;

function loadEngine(): Promise<typeof glue> {
  loaded ??= (async () => {
    const module = await WebAssembly.compile(readWasm());
    const instance = await WebAssembly.instantiate(module, {
      './schema_engine_bg.js': glue as unknown as WebAssembly.ModuleImports,
    });
    glue.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
    return glue;
  })();
  return loaded;
}

/** The bullmq schema belongs to BullMQ: the engine neither sees nor touches it. */
const filters = { externalTables: [], externalEnums: [] };

const schemaFile = () => {
  const path = locate('./schema.prisma', '../prisma/schema.prisma');
  return { path, content: readFileSync(path, 'utf8') };
};

async function withEngine<T>(
  databaseUrl: string,
  use: (engine: glue.SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const { path, content } = schemaFile();
  const pool = new Pool({ connectionString: databaseUrl, application_name: 'tidings-release' });
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
  try {
    const engine = await SchemaEngine.new({ datamodels: [[path, content]] }, () => undefined, adapter);
    return await use(engine).finally(() => engine.free());
  } finally {
    await pool.end();
  }
}

function listMigrations() {
  const baseDir = locate('./migrations', '../prisma/migrations');
  const names = readdirSync(baseDir, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  return {
    baseDir,
    lockfile: {
      path: 'migration_lock.toml',
      content: readFileSync(`${baseDir}/migration_lock.toml`, 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok' as const, value: readFileSync(`${baseDir}/${path}/migration.sql`, 'utf8') },
      },
    })),
  };
}

/**
 * Applies the migrations that the database does not have yet.
 *
 * @returns the names of those applied.
 */
export function applyMigrations(databaseUrl: string): Promise<string[]> {
  return withEngine(databaseUrl, async (engine) => {
    const result = await engine.applyMigrations({ migrationsList: listMigrations(), filters });
    return result.appliedMigrationNames;
  });
}

/**
 * Compares two states of schema.prisma, without describing a database: the pg adapter cannot read the system
 * catalogue's "char" columns.
 *
 * @param databaseUrl any database that answers: the engine wants a connection.
 * @param from an earlier text of schema.prisma, or null for an empty database.
 * @returns the SQL that leads from there to schema.prisma as it is.
 */
export function diffToSchema(databaseUrl: string, from: string | null): Promise<string> {
  return withEngine(databaseUrl, async (engine) => {
    const to = schemaFile();
    const result = await engine.diff({
      from:
        from === null
          ? { tag: 'empty' }
          : { tag: 'schemaDatamodel', files: [{ path: to.path, content: from }] },
      to: { tag: 'schemaDatamodel', files: [to] },
      script: true,
      exitCode: null,
      filters,
    });
    return result.stdout ?? '';
  });
}
