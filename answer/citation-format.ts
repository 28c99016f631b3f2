import { assertNever } from '../mail/assert-never.js';
import { formatIso, formatIsoLocal } from '../mail/date.js';
import { messageIdToPath } from '../mail/message-id.js';
import type { Citation } from './cite.js';
import { namedNotice } from './ghosts.js';
import { damagedNotice } from './words.js';

export const citationFormats = ['discord', 'markdown', 'trailer', 'text'] as const;
export type CitationFormat = (typeof citationFormats)[number];

/** A citation as one line for a chat, a Markdown text, a kernel commit or plain text. Control characters are left out. */
export function formatCitation(citation: Citation, format: CitationFormat): string {
  const url = linkOf(citation);
  const subject = citation.damaged ? damagedNotice : oneLine(citation.subject) || '(no subject)';
  const author = oneLine(citation.author ?? '') || 'unknown';
  const place = [oneLine(citation.list), dayOf(citation), citation.namedBy === null ? '' : namedNotice]
    .filter((part) => part !== '')
    .join(', ');
  switch (format) {
    case 'trailer':
      return url === null ? messageIdLine(citation) : `Link: ${url}`;
    case 'text':
      return `${author}, ${citation.damaged ? subject : `"${subject}"`}, ${place}. ${url ?? messageIdLine(citation)}`;
    case 'markdown':
      return url === null
        ? `${escaped(author)}, "${escaped(subject)}", ${escaped(place)}. ${code(messageIdLine(citation))}`
        : `${escaped(author)}, [${escaped(subject)}](<${url}>), ${escaped(place)}`;
    case 'discord':
      return url === null
        ? `**${escaped(author)}** · ${escaped(subject)} · ${escaped(place)} · ${code(messageIdLine(citation))}`
        : `**${escaped(author)}** · [${escaped(subject)}](<${url}>) · ${escaped(place)}`;
    default:
      return assertNever(format);
  }
}

/** In UTC; an attribution line's, as the line has it. */
function dayOf({ date, namedBy }: Citation): string {
  if (date === null) return 'undated';
  return (namedBy === null ? formatIso(date) : formatIsoLocal(date)).slice(0, 10);
}

/**
 * The page to link to: lore where the message is known to be there (as the kernel's `Link:` trailers do), else a page on which the archive
 * was read; null where no page is known, since a guessed link leads nowhere.
 */
export function linkOf({ permalinks, onLore, minted, messageId }: Citation): string | null {
  const lore = permalinks.find(({ url }) => /^https?:\/\/lore\.kernel\.org\//i.test(url));
  if (lore !== undefined) return lore.url;
  if (onLore && !minted) return `https://lore.kernel.org/r/${messageIdToPath(messageId)}`;
  return permalinks[0]?.url ?? null;
}

function messageIdLine({ messageId, minted }: Citation): string {
  return minted ? '(the archive shows no Message-ID)' : `Message-ID: <${messageId}>`;
}

function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Markdown's own characters, and mentions (`@everyone`), stay text. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (character) => `\\${character}`).replace(/@(?=\S)/g, '@\u200b');
}

function code(text: string): string {
  return `\`${text.replaceAll('`', "'")}\``;
}
