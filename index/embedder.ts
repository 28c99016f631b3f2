import { join } from 'node:path';
import type { FeatureExtractionPipeline } from '@xenova/transformers';
import { inBatches, loadModel, type ModelSource } from './model-files.js';
import { packagePath } from './package-path.js';
import type { PassageFields } from './passage.js';
import { rememberWords } from './word-pieces.js';

/** Which embedding model is used, and how. Recorded with an index, so that a question is embedded as its passages were. */
export interface EmbedderConfig extends ModelSource {
  /** How one vector is made of the model's: the first, their mean, or `none` for a model that gives one vector a text itself. */
  readonly pooling: 'cls' | 'mean' | 'none';
  /** Put before every question and every passage (`query: `, `passage: ` for the e5 family). */
  readonly queryPrefix: string;
  readonly passagePrefix: string;
  /** Keep only the first so many dimensions and normalise again; for models trained for it (Matryoshka). All where not given. */
  readonly dimensions?: number;
}

/** The model that comes with the package: word-piece vectors, no download. */
export const BUNDLED_MODEL = {
  model: 'threadlore-static-256',
  pooling: 'none',
  queryPrefix: '',
  passagePrefix: '',
  dimensions: 256,
  quantized: true,
} as const satisfies EmbedderConfig;

export interface Embedder {
  readonly id: string;
  readonly dimensions: number;
  /** One L2-normalised vector of `dimensions` numbers per text. */
  embed(texts: readonly string[], role: 'query' | 'passage'): Promise<Float32Array[]>;
}

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
  const extract = await (config.model === BUNDLED_MODEL.model ? loadBundled() : loadPipeline(config));
  const width = (await vectorsOf(extract, config, ['several words of a text']))[0]?.length ?? 0;
  const dimensions = config.dimensions ?? width;
  if (dimensions > width) {
    throw new Error(
      `${config.model} gives ${width} dimensions, not ${dimensions}: ask for ${width} at most, or leave their setting empty`,
    );
  }
  return {
    id: config.model,
    dimensions,
    async embed(texts, role) {
      const prefix = role === 'query' ? config.queryPrefix : config.passagePrefix;
      const made = await inBatches(
        texts.map((text) => prefix + text.toWellFormed()),
        (batch) => vectorsOf(extract, config, batch),
      );
      return made.map((vector) => shorten(vector, dimensions));
    },
  };
}

let bundled: Promise<FeatureExtractionPipeline> | undefined;

/** The bundled model, loaded once a process: embedding and `openWordVectors` share it. */
export function loadBundled(): Promise<FeatureExtractionPipeline> {
  bundled ??= loadPipeline({ ...BUNDLED_MODEL, localPath: packagePath('index/model') }, useOneThread);
  return bundled;
}

function loadPipeline(
  config: ModelSource,
  prepare?: (extract: FeatureExtractionPipeline, folder: string) => Promise<void>,
): Promise<FeatureExtractionPipeline> {
  const ways = { what: 'embedding model', without: 'go back to the bundled model by leaving the model setting empty' };
  return loadModel(config, ways, async ({ pipeline }, name) => {
    const extract = await pipeline('feature-extraction', name, { quantized: config.quantized });
    rememberWords(extract.tokenizer);
    await prepare?.(extract, config.localPath ?? '');
    return extract;
  });
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
  // A model that gives one vector a text itself gives it as its only word piece: [texts, 1, width].
  const [width = 0, pieces = 1] = output.dims.slice(1).reverse();
  if (pieces !== 1) {
    throw new Error(
      `${config.model} gives a vector for each word piece: set its pooling to mean or cls, as its card says`,
    );
  }
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
