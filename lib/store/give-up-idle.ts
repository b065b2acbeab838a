/**
 * A process that is suspended in the middle of a transaction keeps the rows that it has locked: the sweep passes over
 * them, and a reader who asks for one of them waits. Ours compute for milliseconds between two statements; one that is
 * idle for so long is asleep, and its transaction is rolled back.
 */
export const GIVE_UP_IDLE = '-c idle_in_transaction_session_timeout=10s';
