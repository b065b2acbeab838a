import { handleAuthRequest } from '@/lib/auth/handle-request';

export const dynamic = 'force-dynamic';

// What a browser itself has to speak with Better Auth about: passkeys, and coming back from a provider.
export { handleAuthRequest as GET, handleAuthRequest as POST };
