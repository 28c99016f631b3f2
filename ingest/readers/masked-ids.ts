import type { MessageId } from '../../mail/message-id.js';

/**
 * Puts Message-IDs back into a body: archives mask them like addresses, in links too, and those that the page tells elsewhere are known
 * for certain. Each is given as the body shows it and as it is.
 */
export function withIds(body: string, ids: readonly (readonly [shown: string, whole: MessageId | null])[]): string {
  let restored = body;
  for (const [shown, whole] of ids) {
    const bare = shown.trim().replace(/^<(.*)>$/, '$1');
    if (whole !== null && bare.length >= SHORTEST) restored = restored.replaceAll(bare, whole);
  }
  return restored;
}

/** What is shorter could be a part of other words. */
const SHORTEST = 12;
