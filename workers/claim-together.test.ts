import { expect, it } from 'vitest';
import type { ClaimRequest } from '@/lib/store/claim-feeds';
import type { ClaimedFeed } from '@/lib/store/claims';
import { claimTogether } from './claim-together';

it('claims in rounds: each feed goes to one of those who asked for it or for its host', async () => {
  const rounds: ClaimRequest[] = [];
  const claim = claimTogether(async (request) => {
    rounds.push(request);
    const line = request.hosts.map((host) => ({ id: 90, host }));
    return [...request.feedIds.map((id) => ({ id, host: 'own' })), ...line] as ClaimedFeed[];
  });
  const results = await Promise.all([
    claim({ feedIds: [1], hosts: [] }),
    claim({ feedIds: [2, 3], hosts: [] }),
    claim({ feedIds: [], hosts: ['freed'] }),
    claim({ feedIds: [3, 4], hosts: ['freed'] }),
  ]);
  expect(results.map((feeds) => feeds.map(({ id }) => id))).toEqual([[1], [2, 3], [90], [4]]);
  expect(rounds).toEqual([
    { feedIds: [1], hosts: [] },
    { feedIds: [2, 3, 4], hosts: ['freed'] },
  ]);
});
