/**
 * What workers are started with: glibc's `malloc` keeps two arenas, not eight for each core. Threads leave what they do not
 * need any more in each of them: a worker took a sixth more memory, and was no faster. Other C libraries do not look at it.
 */
export const FEW_ARENAS = { MALLOC_ARENA_MAX: '2' };
