import type { Library, LibraryMessage } from '../index/library.js';
import type { MailDate } from '../mail/date.js';
import { displayName } from '../mail/mailbox.js';
import { isMinted, messageIdFromPath, messageIdOf, type MessageId } from '../mail/message-id.js';
import { parsePermalink } from '../mail/permalink.js';
import type { Permalink } from './answer.js';
import { listOf, permalinksOf } from './quote/compose.js';
import { excerptOf } from './excerpt.js';
import { threadView } from './thread-view.js';

/** A message as a reference names it. */
export interface Citation {
  readonly messageId: MessageId;
  /** The Message-ID stands in for one that the archive does not show: nobody outside of this index knows it. */
  readonly minted: boolean;
  readonly author: string | null;
  readonly date: MailDate | null;
  readonly subject: string;
  /** The beginning of what its author wrote. */
  readonly excerpt: string;
  readonly list: string;
  readonly permalinks: readonly Permalink[];
  /** Whether it went to a list of a host that lore.kernel.org archives as a whole. */
  readonly onLore: boolean;
  /** False for a message that is known (a reply or a thread overview names it) but not in the archive. */
  readonly present: boolean;
  /** The message is not what was stored: subject and excerpt are left out. */
  readonly damaged: boolean;
  /** For a message that is not there: the reply whose attribution line names author and date; null as in a thread. */
  readonly namedBy: MessageId | null;
}

/** How many messages words may name. */
const mostMatches = 5;

/**
 * The messages that a reference means: a Message-ID with or without brackets, a `mid:` or `news:` URL (RFC 2392, RFC 5538), the page of a message in
 * an archive, or words of a subject and author (then several, best first). Empty where the archive knows none.
 */
export function cite(library: Library, reference: string): Citation[] {
  const text = reference.trim().slice(0, 4096);
  const id = namedId(text);
  if (/^https?:\/\//i.test(text) || (id === null && text.includes('://'))) return byUrl(library, text);
  if (id !== null) return byId(library, id);
  if (!/[\p{L}\p{N}]/u.test(text)) return [];
  const page = /^[\w.-]+\.[a-z]{2,}\/\S+$/i.test(text) ? byUrl(library, `https://${text}`) : [];
  return page.length > 0 ? page : citeWords(library, text, mostMatches);
}

/** Messages by words of their subject and author, best first. */
export function citeWords(library: Pick<Library, 'lookUp'>, words: string, limit: number): Citation[] {
  return library.lookUp(words, limit).map(citationOf);
}

function byUrl(library: Library, url: string): Citation[] {
  const found = library.byPermalink(url);
  if (found.length > 0) return found.map(citationOf);
  const id = parsePermalink(url)?.messageId ?? null;
  return id === null ? [] : byId(library, id);
}

function byId(library: Library, id: MessageId): Citation[] {
  const message = library.message(id);
  if (message !== null) return [citationOf(message)];
  const member = threadView(library, id)?.members.find(({ messageId }) => messageId === id);
  if (member === undefined) return [];
  const { messageId, author, date, subject, namedBy } = member;
  return [
    {
      messageId,
      minted: isMinted(id),
      author,
      date,
      subject: subject ?? '',
      excerpt: '',
      list: '',
      permalinks: [],
      onLore: false,
      present: false,
      damaged: false,
      namedBy,
    },
  ];
}

/** A Message-ID, or the one in a `mid:` or `news:` URL, where it may be percent-encoded. */
function namedId(text: string): MessageId | null {
  const [, scheme, rest = ''] = /^<?(?:url:)?(mid|news|message-id):\s*(.*)$/is.exec(text) ?? [];
  if (scheme === undefined) return messageIdOf(text);
  return messageIdFromPath(rest.replace(/^<|>$/g, ''));
}

/** Hosts whose lists lore.kernel.org archives, every one of them (https://lore.kernel.org/lists.html). */
const loreHosts = /@(?:vger\.kernel\.org|lists\.linux\.dev|kvack\.org)$/i;

function citationOf(message: LibraryMessage): Citation {
  const { messageId, date, to, cc } = message;
  const excerpt = excerptOf(message);
  return {
    messageId,
    minted: isMinted(messageId),
    author: displayName(message.from),
    date,
    subject: excerpt === null ? '' : message.subject,
    excerpt: excerpt ?? '',
    list: listOf(message),
    permalinks: permalinksOf(message),
    onLore: [...to, ...cc].some(({ address }) => address !== null && loreHosts.test(address)),
    present: true,
    damaged: excerpt === null,
    namedBy: null,
  };
}
