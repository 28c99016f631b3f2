import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openCrossEncoder } from '../index/cross-encoder.js';
import { openEmbedder } from '../index/embedder.js';
import { packagePath } from '../index/package-path.js';
import type { Settings } from '../settings.js';
import { describeError } from './failure.js';
import { fine, type Finding } from './finding.js';

const modelFiles = ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model_quantized.onnx'];

/** Tries the embedding model; one from the Hub that is not on this machine yet is downloaded. */
export async function checkEmbedding({ embedding }: Pick<Settings, 'embedding'>): Promise<Finding> {
  if (embedding === null) return checkBundled();
  const what = 'embedding model';
  try {
    const { dimensions } = await openEmbedder(embedding);
    return fine(what, `${embedding.model} (EMBEDDING_MODEL) loads, ${dimensions} dimensions`);
  } catch (error) {
    const mend = 'correct EMBEDDING_MODEL, or leave it empty for the bundled model';
    return { state: 'missing', what, detail: describeError(error), mend };
  }
}

async function checkBundled(): Promise<Finding> {
  const what = 'bundled model';
  try {
    const files = await Promise.all(modelFiles.map((file) => readFile(packagePath(join('index/model', file)))));
    const bytes = files.reduce((sum, file) => sum + file.length, 0);
    const hash = createHash('sha256').update(files.at(-1) ?? '');
    return fine(what, `${(bytes / 1e6).toFixed(1)} MB, sha256 of the weights ${hash.digest('hex').slice(0, 16)}`);
  } catch (error) {
    const mend = 'install threadlore again: files of the package are missing';
    return { state: 'missing', what, detail: describeError(error), mend };
  }
}

/** Says which re-rankers order the hits, and tries the cross-encoder where one is set. */
export async function checkReranker({ crossEncoder }: Pick<Settings, 'crossEncoder'>): Promise<Finding> {
  const what = 're-ranker';
  if (crossEncoder === null) return fine(what, 'learnt, comes with the package');
  try {
    await openCrossEncoder(crossEncoder);
    return fine(what, `learnt, then ${crossEncoder.model} (RERANK_MODEL), which loads`);
  } catch (error) {
    const mend = 'correct RERANK_MODEL, or leave it empty to do without';
    return { state: 'missing', what, detail: describeError(error), mend };
  }
}
