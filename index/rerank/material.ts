import type Database from 'better-sqlite3';
import type { Identities } from '../identities.js';
import type { PassageFields } from '../passage.js';
import type { Passages } from '../passages.js';
import type { Candidate } from '../search.js';

/** One place in a candidate's thread. */
export interface Place {
  readonly id: number;
  readonly parent: number | null;
  readonly depth: number;
  readonly position: number;
  readonly author: string | null;
}

/** What is read of a candidate besides what the lists that found it say. */
export interface Material {
  readonly candidate: Candidate;
  readonly fields: PassageFields;
  readonly speaker: string;
  /** Number of the message that the words come from (for recovered words the missing one, where it is known), and of its thread. */
  readonly message: number;
  readonly root: number;
  /** The subject as the message has it, with its patch brackets. */
  readonly subject: string;
  /** Whether the passage is its message's first. */
  readonly first: boolean;
  /** The thread in reading order. */
  readonly thread: readonly Place[];
  /** First words of the replies to the message, by their number. */
  readonly replies: readonly { readonly author: string | null; readonly opening: string }[];
}

interface Row {
  readonly message: number;
  readonly root: number | null;
  readonly subject: string;
  readonly earlier: number;
}

/** Replies beyond these are not read: a message with more of them is a flame war or a call for votes. */
const MOST_REPLIES = 6;
const REPLY_CHARACTERS = 400;

/** Reads the material of candidates; those that are gone meanwhile are left out. */
export function openMaterial(
  db: Database.Database,
  identities: Identities,
  passages: Passages,
): (candidates: readonly Candidate[]) => Material[] {
  const row = db.prepare<[number], Row>(
    `SELECT coalesce(source, passage.message) AS message, root, message.subject,
            EXISTS (SELECT 1 FROM passage AS other WHERE other.message = passage.message AND other.key < passage.key) AS earlier
     FROM passage JOIN message ON message.id = passage.message LEFT JOIN member ON member.id = passage.message WHERE key = ?`,
  );
  const places = db.prepare<[number], Place>(
    'SELECT id, parent, depth, position, author FROM member WHERE root = ? ORDER BY position',
  );
  const opening = db.prepare<[number], { own: string | null; spans: string; text: string }>(
    `SELECT own, spans, text FROM passage JOIN message ON message.id = passage.message
     WHERE passage.message = ? AND recovered = 0 ORDER BY key LIMIT 1`,
  );

  function openingOf(message: number): string {
    const found = opening.get(message);
    if (found === undefined) return '';
    const [start = 0, end = 0] = JSON.parse(found.spans) as number[];
    return (found.own ?? found.text.slice(start, end)).slice(0, REPLY_CHARACTERS);
  }

  return (candidates) => {
    const threads = new Map<number, Place[]>();
    const openings = new Map<number, string>();
    return candidates.flatMap((candidate) => {
      const passage = passages.load(candidate.key);
      const found = row.get(candidate.key);
      if (passage === null || found === undefined) return [];
      const root = found.root ?? found.message;
      const thread = threads.get(root) ?? places.all(root);
      threads.set(root, thread);
      const replies = thread
        .filter(({ parent }) => parent === found.message)
        .slice(0, MOST_REPLIES)
        .map(({ id, author }) => {
          const words = openings.get(id) ?? openingOf(id);
          openings.set(id, words);
          return { author, opening: words };
        });
      const speaker = passage.speaker.name ?? passage.speaker.address ?? '';
      const { message, subject } = found;
      const { fields } = passage;
      return [{ candidate, fields, speaker, message, root, subject, first: !found.earlier, thread, replies }];
    });
  };
}
