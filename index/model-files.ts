import { basename, dirname, join } from 'node:path';
import type * as Transformers from '@xenova/transformers';

/** A transformers.js model and where its files are. */
export interface ModelSource {
  /** A name on the Hugging Face Hub (`Xenova/all-MiniLM-L6-v2`), or a name of one's own for a model in `localPath`. */
  readonly model: string;
  readonly quantized: boolean;
  /** A folder that holds the model; then nothing is ever downloaded. */
  readonly localPath?: string;
  /** Where models from the Hub are kept. */
  readonly cacheDir?: string;
}

/** Texts of one call to a model. Larger batches pad short texts to the longest and starve other threads; one by one costs a third. */
const BATCH = 8;

/** Loading sets the library's global paths, so one model is loaded at a time. */
let loading: Promise<unknown> = Promise.resolve();

/**
 * Loads a model's parts with `load`, which gets the name that the library knows it by. Throws with what to do about it where it can neither be
 * found nor downloaded; `what` says what the model is for, `without` how to do without it.
 */
export function loadModel<T>(
  source: ModelSource,
  { what, without }: { readonly what: string; readonly without: string },
  load: (transformers: typeof Transformers, name: string) => Promise<T>,
): Promise<T> {
  const loadNow = async (): Promise<T> => {
    try {
      return await load(await libraryFor(source), nameOf(source));
    } catch (cause) {
      throw new Error(`cannot load the ${what} ${source.model} from ${placeOf(source)}, or ${without}`, { cause });
    }
  };
  const next = loading.then(loadNow, loadNow);
  loading = next;
  return next;
}

async function libraryFor({ localPath, cacheDir }: ModelSource): Promise<typeof Transformers> {
  // Imported on first use: it takes a fifth of a second, and most commands never embed.
  const transformers = await import('@xenova/transformers');
  const { env } = transformers;
  env.allowRemoteModels = localPath === undefined;
  env.allowLocalModels = localPath !== undefined;
  if (localPath !== undefined) env.localModelPath = dirname(localPath);
  if (cacheDir !== undefined) env.cacheDir = cacheDir;
  return transformers;
}

function nameOf({ model, localPath }: ModelSource): string {
  return localPath === undefined ? model : basename(localPath);
}

function placeOf({ model, localPath, cacheDir }: ModelSource): string {
  if (localPath !== undefined) return `${localPath}: check that the folder holds config.json, tokenizer.json and onnx/`;
  const half = cacheDir === undefined ? '' : `, remove ${join(cacheDir, model)} if it was downloaded by half`;
  return `the Hugging Face Hub (https://huggingface.co/${model}): check its name and the connection${half}`;
}

/** What `work` makes of texts in batches, in their order. Texts of like length go together: all of a batch are padded to the longest. */
export async function inBatches<T>(
  texts: readonly string[],
  work: (batch: string[]) => Promise<readonly T[]>,
): Promise<T[]> {
  const results = new Array<T>(texts.length);
  const order = texts.map((text, at) => ({ text, at })).sort((a, b) => a.text.length - b.text.length);
  for (let from = 0; from < order.length; from += BATCH) {
    const batch = order.slice(from, from + BATCH);
    const made = await work(batch.map(({ text }) => text));
    batch.forEach(({ at }, row) => (results[at] = made[row] as T));
  }
  return results;
}
