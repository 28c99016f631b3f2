import { coverage, indexWords, isProse, sharedRuns } from '../mail/matching.js';
import { samePerson } from '../mail/person.js';
import { mix, wordsIn, type Words } from '../mail/word-row.js';
import type { Spoken } from '../index/spoken.js';

/** So many words in a row are no chance. */
const ROW = 10;
/** Where the archive holds so much of the recovered words, they are not missing, whoever said them. */
const MOST = 0.6;
/** So many words of prose in a row are nobody else's. Logs and code are pasted by many. */
const PROSE_WORDS = 20;

/** Compares recovered words with what people said themselves. */
export interface AlreadySaid {
  /**
   * The keys of the recovered passages, of those with keys above `after`, that an earlier message holds as its own words: most of them, or a
   * sentence of somebody else's.
   */
  heldBy(own: Spoken, after: number): number[];
}

/**
 * What attributions say of missing messages is now and then not so: a digest names its sender for all it holds, an indented quote within a quote
 * has no marker that tells. Where the archive holds the words, it knows better. `recovered` are all recovered passages that may be looked for.
 */
export function openAlreadySaid(recovered: readonly Spoken[]): AlreadySaid {
  const quotes = recovered.map((spoken) => ({ spoken, words: wordsOf(spoken) }));
  type Quote = (typeof quotes)[number];
  // Any row of twice the length holds one that begins at a multiple of it.
  const byRow = new Map<number, Quote[]>();
  for (const quote of quotes) {
    for (let at = 0; at + ROW <= quote.words.count; at += ROW) {
      const row = rowHash(quote.words, at);
      const known = byRow.get(row);
      if (known === undefined) byRow.set(row, [quote]);
      else if (known.at(-1) !== quote) known.push(quote);
    }
  }

  function likely(own: Spoken, after: number): Set<Quote> {
    const found = new Set<Quote>();
    const words = wordsOf(own);
    for (let at = 0; at + ROW <= words.count; at++) {
      for (const quote of byRow.get(rowHash(words, at)) ?? []) {
        if (quote.spoken.key > after && isEarlier(own, quote.spoken)) found.add(quote);
      }
    }
    return found;
  }

  return {
    heldBy(own, after) {
      const found = byRow.size === 0 ? new Set<Quote>() : likely(own, after);
      if (found.size === 0) return [];
      const source = indexWords(own.text, [{ start: 0, end: own.text.length }]);
      return [...found]
        .filter(({ spoken, words }) => {
          const runs = sharedRuns(words, source);
          if (coverage(words, runs) >= MOST) return true;
          return (
            samePerson(own.speaker, spoken.speaker) !== 'yes' &&
            runs.some((run) => isProse(spoken.text, words, run, PROSE_WORDS))
          );
        })
        .map(({ spoken }) => spoken.key);
    },
  };
}

/** So many words of a row are searched for: the longest, which the fewest hold. A row with fewer tells nothing (`0 0 0 0`). */
const SEARCHED = 5;
/** Written without blanks, words are cut otherwise by an index than they are here. */
const UNPARTED = /[\u0e00-\u0eff\u2e80-\ud7af]/u;

/** Words to search for those who may hold a recovered passage, of each row that `heldBy` compares. Null where a search would not find them. */
export function searchedRows(recovered: Spoken): string[][] | null {
  if (UNPARTED.test(recovered.text)) return null;
  const { count, starts, ends } = wordsOf(recovered);
  const rows: string[][] = [];
  for (let at = 0; at + ROW <= count; at += ROW) {
    const row = Array.from({ length: ROW }, (_, i) => recovered.text.slice(starts[at + i], ends[at + i]).toLowerCase());
    const plain = [...new Set(row.filter((word) => /^[\p{L}\p{N}]{1,40}$/u.test(word)))];
    if (plain.length >= SEARCHED) rows.push(plain.sort((a, b) => b.length - a.length).slice(0, SEARCHED));
  }
  return rows;
}

function wordsOf({ text }: Spoken): Words {
  return wordsIn(text, [{ start: 0, end: text.length }]);
}

function rowHash({ hashes }: Words, at: number): number {
  let hash = 0;
  for (let i = at; i < at + ROW; i++) hash = mix(hash, hashes[i]!) ^ (hash >>> 15);
  return hash;
}

/** Whoever is not known to have written later than the words were quoted may have said them. */
function isEarlier(own: Spoken, quote: Spoken): boolean {
  if (own.messageId === quote.messageId) return false;
  return own.heldAt === null || quote.heldAt === null || own.heldAt <= quote.heldAt;
}
