import { readFileSync } from 'node:fs';
import { packagePath } from '../package-path.js';
import type { LinearModel } from './linear.js';

interface StoredModel {
  /** How the model was made. */
  readonly madeBy: string;
  readonly weights: LinearModel;
}

const MODEL = 'index/rerank/model.json';
let loaded: LinearModel | undefined;

/** The ranking model that comes with the package. */
export function bundledRanker(): LinearModel {
  loaded ??= (JSON.parse(readFileSync(packagePath(MODEL), 'utf8')) as StoredModel).weights;
  return loaded;
}

/** The text of a model's file. */
export function formatModel(weights: LinearModel, madeBy: string): string {
  const rounded = Object.entries(weights).map(([name, weight]) => [name, Number(weight.toPrecision(4))] as const);
  const stored: StoredModel = { madeBy, weights: Object.fromEntries(rounded) };
  return `${JSON.stringify(stored, null, 2)}\n`;
}
