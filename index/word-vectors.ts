import { Tensor, type FeatureExtractionPipeline } from '@xenova/transformers';
import { loadBundled } from './embedder.js';

/** Vectors of single words, such that the vector of a text is the sum of its words'. */
export interface WordVectors {
  readonly dimensions: number;
  /** The vector of a word, not normalised: telling words are long. All zero for a word without any known piece. */
  of(word: string): Float32Array;
}

/** The model is nested: its first dimensions alone order texts as well as all 256, in half the time and memory. */
const DIMENSIONS = 128;
/** Words whose vectors are remembered: some 25 MB, and about all that questions and their candidates are made of. */
const REMEMBERED = 50_000;

let opened: Promise<WordVectors> | undefined;

/**
 * The words of the bundled model, whichever model an index is embedded with: it is static, so that the sum over a text's words is its vector
 * but for punctuation. Takes some 0.1 s and 16 MB once a process.
 */
export function openWordVectors(): Promise<WordVectors> {
  opened ??= loadBundled().then(wordVectorsOf);
  return opened;
}

async function wordVectorsOf({ tokenizer, model }: FeatureExtractionPipeline): Promise<WordVectors> {
  const pieces = tokenizer.model.vocab.length;
  const unknown = tokenizer.model.unk_token_id ?? -1;
  const ids = BigInt64Array.from({ length: pieces }, (_, id) => BigInt(id));
  const mask = new BigInt64Array(pieces).fill(1n);
  // A text of one piece has that piece's vector: one call with every piece gives the model's whole table.
  const output = (await model({
    input_ids: new Tensor('int64', ids, [pieces, 1]),
    attention_mask: new Tensor('int64', mask, [pieces, 1]),
  })) as { last_hidden_state: Tensor };
  const table = firstDimensions(output.last_hidden_state, DIMENSIONS);
  const remembered = new Map<string, Float32Array>();

  function vectorOf(word: string): Float32Array {
    const sum = new Float32Array(DIMENSIONS);
    for (const id of tokenizer.encode(word, null, { add_special_tokens: false })) {
      if (id === unknown) continue;
      const from = id * DIMENSIONS;
      for (let at = 0; at < DIMENSIONS; at++) sum[at]! += table[from + at]!;
    }
    return sum;
  }

  return {
    dimensions: DIMENSIONS,
    of(word) {
      const known = remembered.get(word);
      if (known !== undefined) return known;
      if (remembered.size >= REMEMBERED) remembered.clear();
      const vector = vectorOf(word);
      remembered.set(word, vector);
      return vector;
    },
  };
}

function firstDimensions({ data, dims }: Tensor, dimensions: number): Float32Array {
  const [rows = 0] = dims;
  const width = data.length / rows;
  const table = new Float32Array(rows * dimensions);
  for (let row = 0; row < rows; row++) {
    table.set((data as Float32Array).subarray(row * width, row * width + dimensions), row * dimensions);
  }
  return table;
}
