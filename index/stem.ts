import { stemmer } from 'stemmer';

const stems = new Map<string, string>();
/** About all words of a list; some 10 MB. */
const REMEMBERED = 100_000;

/** The stem of a lower-cased word (Porter 1980), as FTS5's tokenizer makes it; remembered, since words repeat. */
export function stemmed(word: string): string {
  const known = stems.get(word);
  if (known !== undefined) return known;
  if (stems.size >= REMEMBERED) stems.clear();
  const stem = stemmer(word);
  stems.set(word, stem);
  return stem;
}
