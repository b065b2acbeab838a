import { createHash, randomBytes } from 'node:crypto';
import type pg from 'pg';
import { hashPassword } from '@/lib/auth/password';

/** What every account of these tests signs in with. */
export const PASSWORD = 'correct horse battery staple';

let hash: Promise<string> | undefined;

/** Gives a user a password. */
export async function addPassword(sql: pg.Client, userId: number): Promise<void> {
  hash ??= hashPassword(PASSWORD);
  await sql.query(
    "INSERT INTO accounts (user_id, account_id, provider_id, password) VALUES ($1::int, $1::text, 'credential', $2)",
    [userId, await hash],
  );
}

/** Makes an account as a link does, in less time. @returns the user's id. */
export async function addAccount(
  sql: pg.Client,
  name: string,
  role: 'OWNER' | 'ADMIN' | 'MEMBER' = 'MEMBER',
): Promise<number> {
  const { rows } = await sql.query(
    'INSERT INTO users (name, username, role) VALUES ($1, lower($1), $2::user_role) RETURNING id',
    [name, role],
  );
  await addPassword(sql, rows[0].id);
  return rows[0].id;
}

/** Makes a token for programs. @returns it. */
export async function addToken(sql: pg.Client, userId: number, scope: 'READ' | 'WRITE'): Promise<string> {
  const token = `tidings_${randomBytes(32).toString('base64url')}`;
  await sql.query(
    'INSERT INTO api_tokens (user_id, name, hash, scope) VALUES ($1, $2, $3, $4::token_scope)',
    [userId, 'A program', createHash('sha256').update(token).digest(), scope],
  );
  return token;
}
