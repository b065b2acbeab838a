import type { Metadata } from 'next';
import { makeToken, revokeToken } from '@/app/account/access-actions';
import { DoneLine } from '@/app/ui/done-line';
import type { SearchParams } from '@/app/ui/read-before';
import { RelativeTime } from '@/app/ui/relative-time';
import { SubmitButton } from '@/app/ui/submit-button';
import { TokenForm } from '@/app/ui/token-form';
import { asksPassword } from '@/lib/auth/confirm-identity';
import { currentUser } from '@/lib/auth/current-user';
import { listTokens, type TokenView } from '@/lib/store/api-tokens';
import { SettingsTabs } from '../settings-tabs';

export const metadata: Metadata = { title: 'Tokens' };

function TokenRow({ token, asOf }: { token: TokenView; asOf: string }) {
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-b border-line py-4 last:border-b-0">
      <div className="min-w-0 grow basis-60">
        <p className="font-medium">{token.name}</p>
        <p className="text-sm text-muted">
          {token.scope === 'READ' ? 'Reads only' : 'Reads and changes'}, made{' '}
          <RelativeTime at={token.createdAt.toISOString()} asOf={asOf} />,{' '}
          {token.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              last used <RelativeTime at={token.lastUsedAt.toISOString()} asOf={asOf} />
            </>
          )}
        </p>
      </div>
      <form action={revokeToken}>
        <input type="hidden" name="id" value={token.id} />
        <SubmitButton look="plain" busy="Revoking…">
          Revoke
        </SubmitButton>
      </form>
    </li>
  );
}

/** What programs sign in with. */
export default async function TokensPage({ searchParams }: { searchParams: SearchParams }) {
  const user = await currentUser();
  const tokens = await listTokens(user.id);
  const asOf = new Date().toISOString();
  const revoked = (await searchParams).did === 'revoked';
  return (
    <>
      <h1 className="font-serif text-3xl font-semibold tracking-tight">Tokens</h1>
      <SettingsTabs current="/settings/tokens" />
      <DoneLine text={revoked ? 'The token is revoked: it opens nothing any more.' : ''} deed={asOf} />
      <p className="mt-4 mb-6 max-w-xl text-[0.9375rem] text-muted">
        A program that reads along signs in with a token of its own rather than with your password. It sends
        it as <code>Authorization: Bearer …</code>
      </p>
      <TokenForm action={makeToken} withPassword={await asksPassword(user.id)} />
      {tokens.length > 0 && (
        <ul aria-label="Tokens" className="mt-8 border-t border-line">
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} asOf={asOf} />
          ))}
        </ul>
      )}
    </>
  );
}
