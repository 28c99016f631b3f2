import type { MailDate } from './date.js';
import type { MessageId } from './message-id.js';
import type { Span } from './span.js';

/**
 * What a run of lines is. `quote` is quoted prose; the other kinds keep their name when they are quoted too,
 * with a depth above 0. `prose` is the author's own words and always has depth 0.
 */
export type BlockKind =
  | 'prose'
  | 'quote'
  | 'attribution'
  | 'patch'
  | 'trailer'
  | 'signature'
  /** What list software or a mail provider appended. */
  | 'footer'
  /** PGP armour. */
  | 'armor'
  /** `[..]`, `[snip]`: the writer left something out of a quote. */
  | 'elision';

/** Who an attribution line (`On Wed, Jan 30, 2019 at 8:17 PM Jerome Glisse wrote:`) says wrote what follows it. */
export interface Attribution {
  readonly name: string | null;
  /** As written; may be masked by the archive. */
  readonly address: string | null;
  readonly date: MailDate | null;
  readonly messageId: MessageId | null;
}

/** Where quoted words come from: a message of the archive, or no more than what the attribution line says. */
export type QuoteSource =
  | {
      readonly kind: 'message';
      readonly messageId: MessageId;
      /** The words in that message. */
      readonly spans: readonly Span[];
      /** For words that stand in prose without any quote marker: the lines of this message that hold them. */
      readonly unmarked?: readonly Span[];
    }
  | {
      readonly kind: 'named';
      readonly name: string;
      readonly date: MailDate | null;
      /** The Message-ID of the missing message, where In-Reply-To, References or a thread overview tell it. */
      readonly messageId: MessageId | null;
    };

/** A run of whole lines of `Message.text` that are of one kind and depth. Blocks are in order and cover the text. */
export interface Block {
  readonly kind: BlockKind;
  /** 0 for what the author wrote, n for what stands behind n quote markers. */
  readonly depth: number;
  /** The whole lines, markers and final newline included. */
  readonly span: Span;
  /** The content of each line: quote markers and line ends left out. */
  readonly lines: readonly Span[];
  /** For attributions: what it says. It speaks of the quotes one level deeper that follow. */
  readonly attribution?: Attribution;
  /** For quotes, and for prose that the sender did not write: the attribution that governs this run, as an index into the list of blocks. */
  readonly attributedBy?: number;
  /** For quotes: the words of more than one may stand here, with nothing that tells them apart. The attribution proves nothing. */
  readonly unclear?: true;
  /** For quotes, once resolved. */
  readonly source?: QuoteSource;
}
