import type { PreTrainedTokenizer } from '@xenova/transformers';

/** Words whose pieces are remembered: a list's words and the names in its patches; about 10 MB. */
const REMEMBERED = 50_000;
/** Longer ones are encoded text, cut lines, rulers: they hardly recur. */
const LONGEST = 40;

/** What a BERT tokenizer consists of; the library declares less. */
interface Parts {
  readonly normalizer: { readonly config?: { readonly type?: string } } | null;
  readonly pre_tokenizer: object | null;
  readonly model: { readonly config?: { readonly type?: string; readonly fuse_unk?: boolean } };
}

/**
 * Lets a tokenizer remember the pieces of words it has met: mail repeats its words, and taking them apart is half of what embedding a text costs.
 * Only BERT's normaliser, splitter and word pieces look at nothing beyond white space, so only with these the pieces of a text are those of
 * its words; any other tokenizer is left as it is.
 */
export function rememberWords(tokenizer: PreTrainedTokenizer): void {
  if (!isBert(tokenizer as unknown as Parts)) return;
  const encode = tokenizer._encode_text.bind(tokenizer);
  const remembered = new Map<string, readonly string[]>();
  function piecesOf(word: string): readonly string[] {
    const known = remembered.get(word);
    if (known !== undefined) return known;
    const pieces = encode(word) ?? [];
    if (word.length <= LONGEST) {
      if (remembered.size >= REMEMBERED) remembered.clear();
      remembered.set(word, pieces);
    }
    return pieces;
  }
  // Other white space is left inside words: what does not fit \s in all of Unicode is settled by the tokenizer itself.
  tokenizer._encode_text = (text) => (text === null ? null : text.split(/[ \t\n\r]+/).flatMap(piecesOf));
}

function isBert({ normalizer, pre_tokenizer, model }: Parts): boolean {
  return (
    normalizer?.config?.type === 'BertNormalizer' &&
    pre_tokenizer?.constructor.name === 'BertPreTokenizer' &&
    model.config?.type === 'WordPiece' &&
    model.config.fuse_unk !== true
  );
}
