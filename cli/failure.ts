/** The command line cannot be understood: exit status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Something is not as it has to be; the message says what, where and how to mend it. Exit status 1. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** What was asked for has been said on stdout already, and it was bad news: exit status 1 without another line. */
export class QuietFailure extends Error {
  override readonly name = 'QuietFailure';
}

const usageErrors = new Set(['UsageError', 'QuestionError']);

/** 2 for wrong usage, 130 for an interrupt, 1 for the rest. */
export function exitStatusOf(error: unknown): number {
  const name = error instanceof Error ? error.name : '';
  if (usageErrors.has(name)) return 2;
  return name === 'AbortError' ? 130 : 1;
}

/** One line for stderr. */
export function describeError(error: unknown): string {
  const message = error instanceof Error ? error.message || error.name : String(error);
  const code = (error as { readonly code?: unknown } | null)?.code;
  const hint = code === 'ENOSPC' ? ': free some disk space, then run the same command again' : '';
  return `${message}${hint}`
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, 1000);
}
