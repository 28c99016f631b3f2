import { loadBundled } from './embedder.js';

/**
 * Whether the bundled model knows a lower-cased word whole, as one piece of its vocabulary: some 13,000 words of mail on programs and machines.
 * What it has to take apart is rare, a name or misspelt.
 */
export async function openKnownWords(): Promise<(word: string) => boolean> {
  const { tokenizer } = await loadBundled();
  const unknown = tokenizer.model.unk_token_id;
  return (word) => {
    const pieces = tokenizer.encode(word, null, { add_special_tokens: false });
    return pieces.length === 1 && pieces[0] !== unknown;
  };
}
