declare const brand: unique symbol;

/** A Message-ID (RFC 5322, 3.6.4) without its angle brackets. */
export type MessageId = string & { readonly [brand]: 'MessageId' };

/** RFC 5322, 2.1.1: no line is longer, so no id can be. */
const MAX_LENGTH = 998;

/** `.invalid` (RFC 2606) can never be a real host, so a minted id never meets a real one. */
const MINTED_DOMAIN = '@missing.invalid';

/**
 * One Message-ID, with or without brackets, or null. Strict: `left@right`, no blanks, controls or brackets, at most
 * 998 characters. A second `@` is let pass: hosts that write `<id@user@host>` exist.
 */
export function messageIdOf(text: string): MessageId | null {
  if (text.length > MAX_LENGTH * 2) return null;
  const trimmed = text.trim();
  const bare = trimmed.startsWith('<') && trimmed.endsWith('>') ? trimmed.slice(1, -1).trim() : trimmed;
  // eslint-disable-next-line no-control-regex -- control characters are what is refused here
  if (bare.length > MAX_LENGTH || /[\s<>\u0000-\u001f\u007f-\u009f]/u.test(bare)) return null;
  return bare.indexOf('@') > 0 ? (bare as MessageId) : null;
}

/**
 * Every Message-ID of an In-Reply-To or References header, in order, each once. Lenient to collect: comments and prose
 * around the ids are passed over and blanks inside brackets (a header folded in the middle of an id) are taken out.
 * Ids without brackets count only where the header holds nothing else, so that git-send-email's `y` and
 * `message from neil@example.org of Monday` yield nothing.
 */
export function parseMessageIds(header: string): MessageId[] {
  const found = new Set<MessageId>();
  for (const candidate of bracketed(header)) {
    const id = messageIdOf(candidate.replace(/\s+/gu, ''));
    if (id !== null) found.add(id);
  }
  if (found.size === 0 && !header.includes('<')) {
    const bare = header.split(/[\s,;]+/u).filter((word) => word !== '');
    const ids = bare.map(messageIdOf);
    if (ids.every((id) => id !== null)) for (const id of ids) found.add(id);
  }
  return [...found];
}

/** What stands between `<` and `>`, outside of comments (`(Ann <ann@example.org> on Monday)` names a person, no message). */
function* bracketed(header: string): Generator<string> {
  const lastClosing = header.lastIndexOf(')');
  let depth = 0;
  let start = -1;
  for (let at = 0; at < header.length; at += 1) {
    const character = header[at];
    if (character === '<') start = at + 1;
    else if (character === '>' && start >= 0) {
      if (depth === 0) yield header.slice(start, at);
      start = -1;
    } else if (start >= 0) continue;
    else if (character === '(' && at < lastClosing) depth += 1;
    else if (character === ')' && depth > 0) depth -= 1;
  }
}

/** The stand-in id of a message that shows none. `contentHash` is hex. */
export function mintMessageId(contentHash: string): MessageId {
  return `${contentHash}${MINTED_DOMAIN}` as MessageId;
}

/** Whether an id is a stand-in from `mintMessageId`. */
export function isMinted(id: MessageId): boolean {
  return id.endsWith(MINTED_DOMAIN);
}

/** The Message-ID that a URL's path segment holds, percent-encoded (`%2F` for `/`) or not; null where it is none. */
export function messageIdFromPath(segment: string): MessageId | null {
  return messageIdOf(percentDecoded(segment));
}

/** An id as one path segment of a URL, the way public-inbox writes it: `@` and other harmless marks stay readable. */
export function messageIdToPath(id: MessageId): string {
  // Half a surrogate pair cannot be encoded.
  const encoded = encodeURIComponent(id.replace(/\p{Cs}/gu, '\ufffd'));
  return encoded.replace(/%(?:40|3A|24|2C|2B|3D)/gu, decodeURIComponent);
}

function percentDecoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
