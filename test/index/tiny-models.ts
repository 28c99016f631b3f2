import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pieceVectors, sharedPieces } from './onnx.js';

/** Files of a model as the Hub has them, by their paths. */
type ModelFiles = Readonly<Record<string, Buffer | string>>;

const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];

/** A BERT tokenizer that knows these words alone. `paired`: puts marks around and between the two texts of a pair. */
function tokenizerFiles(words: readonly string[], paired: boolean): ModelFiles {
  const vocab = Object.fromEntries([...SPECIAL, ...words].map((word, id) => [word, id]));
  const mark = (id: string, type: number): object => ({ SpecialToken: { id, type_id: type } });
  const text = (id: string, type: number): object => ({ Sequence: { id, type_id: type } });
  const processor = {
    type: 'TemplateProcessing',
    single: [mark('[CLS]', 0), text('A', 0), mark('[SEP]', 0)],
    pair: [mark('[CLS]', 0), text('A', 0), mark('[SEP]', 0), text('B', 1), mark('[SEP]', 1)],
    special_tokens: {},
  };
  const tokenizer = {
    version: '1.0',
    added_tokens: SPECIAL.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: paired ? processor : null,
    decoder: null,
    model: { type: 'WordPiece', unk_token: '[UNK]', continuing_subword_prefix: '##', vocab },
  };
  const [pad_token, unk_token, cls_token, sep_token] = SPECIAL;
  const named = { tokenizer_class: 'BertTokenizer', model_max_length: 64, pad_token, unk_token, cls_token, sep_token };
  return { 'tokenizer.json': JSON.stringify(tokenizer), 'tokenizer_config.json': JSON.stringify(named) };
}

/** An embedding model: every word has the vector given, every other word and mark a zero vector. */
export function embeddingModel(vectors: Readonly<Record<string, readonly number[]>>): ModelFiles {
  const width = Object.values(vectors)[0]?.length ?? 0;
  const zero = new Array<number>(width).fill(0);
  const weights = pieceVectors([...SPECIAL.map(() => zero), ...Object.values(vectors)]);
  return {
    'config.json': JSON.stringify({ model_type: 'bert', architectures: ['BertModel'] }),
    ...tokenizerFiles(Object.keys(vectors), false),
    'onnx/model.onnx': weights,
    'onnx/model_quantized.onnx': weights,
  };
}

/** A cross-encoder that counts the words of `weights` which question and passage share. */
export function crossEncoderModel(weights: Readonly<Record<string, number>>, labels = 1): ModelFiles {
  return {
    'config.json': JSON.stringify({ model_type: 'bert', architectures: ['BertForSequenceClassification'] }),
    ...tokenizerFiles(Object.keys(weights), true),
    'onnx/model_quantized.onnx': sharedPieces([...SPECIAL.map(() => 0), ...Object.values(weights)], labels),
  };
}

/** Writes a model into a folder of its own. Returns the folder. */
export function writeModel(folder: string, files: ModelFiles): string {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}
