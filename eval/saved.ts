import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { basename, join } from 'node:path';
import { openLibrary } from '../index/open.js';
import { packagePath, packageVersion } from '../index/package-path.js';
import type { Row } from './compare.js';

/** A question set's name: its file's. */
export function setName(questionsPath: string): string {
  return basename(questionsPath).replace(/\.[^.]*$/, '');
}

/** What was measured: the rows of one set over one index. */
export interface Measured {
  readonly dataDir: string;
  readonly questionsPath: string;
  readonly rows: readonly Row[];
  readonly at: Date;
}

/**
 * Writes figures to `<folder>/<set>-<configuration>-<date>.json`, `compared` where there are several configurations, with what they can be
 * reproduced by: hashes of the question set and of the ranker's weights, the index's size and model. Returns the file's path.
 */
export async function saveResults(folder: string, { dataDir, questionsPath, rows, at }: Measured): Promise<string> {
  const set = setName(questionsPath);
  const [only, ...more] = rows;
  const configuration = only !== undefined && more.length === 0 ? only.configuration.replaceAll(' ', '-') : 'compared';
  const results = {
    set,
    at: at.toISOString(),
    version: packageVersion(),
    questions: await hashOf(questionsPath),
    ranker: await hashOf(packagePath('index/rerank/model.json')),
    index: await indexFacts(dataDir),
    machine: { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model ?? 'unknown' },
    rows: rows.map(({ configuration: name, figures }) => ({ configuration: name, ...rounded(figures) })),
  };
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${set}-${configuration}-${at.toISOString().slice(0, 10)}.json`);
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`);
  return file;
}

async function hashOf(file: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(file))
    .digest('hex')
    .slice(0, 16);
}

async function indexFacts(dataDir: string): Promise<object> {
  const library = await openLibrary(dataDir);
  try {
    const { messages, threads, passages, model } = library.stats();
    return { messages, threads, passages, model };
  } finally {
    library.close();
  }
}

function rounded(figures: object): object {
  const entries = Object.entries(figures as Record<string, number>);
  return Object.fromEntries(entries.map(([name, value]) => [name, Number(value.toFixed(name.endsWith('Ms') ? 1 : 4))]));
}
