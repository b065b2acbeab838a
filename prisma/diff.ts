import { execFileSync } from 'node:child_process';
import { readEnv } from '@/lib/ops/env';
import { diffToSchema } from './schema-engine';

/** `npm run --silent migration:diff [REVISION]`: the SQL of a new migration, from schema.prisma as committed. */
const revision = process.argv[2] ?? 'HEAD';
const before =
  revision === 'empty'
    ? null
    : execFileSync('git', ['show', `${revision}:prisma/schema.prisma`], { encoding: 'utf8' });
process.stdout.write(await diffToSchema(readEnv().DATABASE_URL, before));
