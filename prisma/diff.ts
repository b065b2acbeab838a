import { diffToSchema } from './schema-engine';

/** `npm run migration:diff [empty]`: prints the SQL that a new migration needs. */
const url = process.env.DATABASE_URL;
if (url === undefined) throw new Error('DATABASE_URL is not set.');
process.stdout.write(await diffToSchema(url, process.argv[2] === 'empty' ? 'empty' : 'database'));
