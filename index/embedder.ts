import { basename, dirname, join } from 'node:path';
import type { FeatureExtractionPipeline } from '@xenova/transformers';
import { packagePath } from './package-path.js';
import type { PassageFields } from './passage.js';
import { rememberWords } from './word-pieces.js';

/** Which embedding model is used, and how. Recorded with an index, so that a question is embedded as its passages were. */
export interface EmbedderConfig {
  /** A name on the Hugging Face Hub (`Xenova/all-MiniLM-L6-v2`), or a name of one's own for a model in `localPath`. */
  readonly model: string;
  /** How one vector is made of the model's: the first, their mean, or `none` for a model that gives one vector a text itself. */
  readonly pooling: 'cls' | 'mean' | 'none';
  /** Put before every question and every passage (`query: `, `passage: ` for the e5 family). */
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  /** Keep only the first so many dimensions and normalise again; for models trained for it (Matryoshka). All where not given. */
  readonly dimensions?: number;
  readonly quantized: boolean;
  /** A folder that holds the model; then nothing is ever downloaded. */
  readonly localPath?: string;
  /** Where models from the Hub are kept. */
  readonly cacheDir?: string;
}

/** The model that comes with the package: word-piece vectors, no download. */
export const BUNDLED_MODEL: EmbedderConfig = {
  model: 'threadlore-static-256',
  pooling: 'none',
  queryPrefix: '',
  passagePrefix: '',
  dimensions: 256,
  quantized: true,
};

export interface Embedder {
  readonly id: string;
  readonly dimensions: number;
  /** One L2-normalised vector of `dimensions` numbers per text. */
  embed(texts: readonly string[], role: 'query' | 'passage'): Promise<Float32Array[]>;
}

/** Texts of one call to the model. Larger ones pad short texts to the longest and starve other threads; one by one costs a third. */
const BATCH = 8;
/** About what fits in a contextual model's 256 word pieces. */
const EMBEDDED_CHARS = 1200;

/** What is embedded of a passage: its subject, its words, and the words it answers. */
export function embeddedText(fields: PassageFields): string {
  return [fields.subject, fields.own, fields.quoted]
    .filter((text) => text !== '')
    .join('\n')
    .slice(0, EMBEDDED_CHARS);
}

/** Loads a model. Throws with what to do about it where it can neither be found nor downloaded. */
export async function openEmbedder(config: EmbedderConfig): Promise<Embedder> {
  const extract = await loadPipeline(config);
  const width = (await vectorsOf(extract, config, ['a']))[0]?.length ?? 0;
  const dimensions = Math.min(config.dimensions ?? width, width);
  return {
    id: config.model,
    dimensions,
    async embed(texts, role) {
      const prefix = role === 'query' ? config.queryPrefix : config.passagePrefix;
      const vectors = new Array<Float32Array>(texts.length);
      // Texts of like length go together: all of a batch are padded to the longest.
      const order = texts.map((_, at) => at).sort((a, b) => lengthAt(texts, a) - lengthAt(texts, b));
      for (let from = 0; from < order.length; from += BATCH) {
        const places = order.slice(from, from + BATCH);
        const batch = places.map((at) => prefix + (texts[at] ?? '').toWellFormed());
        const made = await vectorsOf(extract, config, batch);
        places.forEach((at, row) => (vectors[at] = shorten(made[row] as Float32Array, dimensions)));
      }
      return vectors;
    },
  };
}

function lengthAt(texts: readonly string[], at: number): number {
  return texts[at]?.length ?? 0;
}

/** Loading sets the library's global paths, so one model is loaded at a time. */
let loading: Promise<unknown> = Promise.resolve();

function loadPipeline(config: EmbedderConfig): Promise<FeatureExtractionPipeline> {
  const next = loading.then(
    () => load(config),
    () => load(config),
  );
  loading = next;
  return next;
}

async function load(config: EmbedderConfig): Promise<FeatureExtractionPipeline> {
  // Imported on first use: it takes a fifth of a second, and most commands never embed.
  const { env, pipeline } = await import('@xenova/transformers');
  const folder = config.model === BUNDLED_MODEL.model ? packagePath('index/model') : (config.localPath ?? null);
  env.allowRemoteModels = folder === null;
  env.allowLocalModels = folder !== null;
  if (folder !== null) env.localModelPath = dirname(folder);
  if (config.cacheDir !== undefined) env.cacheDir = config.cacheDir;
  try {
    const extract = await pipeline('feature-extraction', folder === null ? config.model : basename(folder), {
      quantized: config.quantized,
    });
    rememberWords(extract.tokenizer);
    if (folder !== null && config.model === BUNDLED_MODEL.model) await useOneThread(extract, folder);
    return extract;
  } catch (cause) {
    const where = folder ?? `the Hugging Face Hub (https://huggingface.co/${config.model})`;
    throw new Error(
      `cannot load the embedding model ${config.model} from ${where}: check its name and the connection, ` +
        'or go back to the bundled model by leaving the model setting empty',
      { cause },
    );
  }
}

/**
 * Runs a small model on the thread that asks. onnxruntime gives each session a thread for every further core, which spins for 45 ms after
 * each run: as much CPU as all the rest of embedding. It obeys options only for a session that it opens from a file.
 */
async function useOneThread(extract: FeatureExtractionPipeline, folder: string): Promise<void> {
  const { default: onnxruntime } = await import('onnxruntime-node');
  const file = join(folder, 'onnx', 'model_quantized.onnx');
  extract.model.session = await onnxruntime.InferenceSession.create(file, { intraOpNumThreads: 1 });
}

async function vectorsOf(
  extract: FeatureExtractionPipeline,
  config: EmbedderConfig,
  texts: string[],
): Promise<Float32Array[]> {
  // Normalised by `shorten`: the library's own way goes through every number of a tensor by an iterator.
  const output = await extract(texts, { pooling: config.pooling, normalize: false });
  const width = output.dims.at(-1) ?? 0;
  const data = output.data as Float32Array;
  return texts.map((_, row) => data.slice(row * width, (row + 1) * width));
}

/** The first dimensions, L2-normalised. A text without any known word piece gives a zero vector; it becomes a fixed unit vector. */
function shorten(vector: Float32Array, dimensions: number): Float32Array {
  const short = vector.slice(0, dimensions);
  let squares = 0;
  for (const value of short) squares += value * value;
  const length = Math.sqrt(squares);
  if (!(length > 0) || !Number.isFinite(length)) {
    short.fill(0);
    short[0] = 1;
    return short;
  }
  return short.map((value) => value / length);
}
