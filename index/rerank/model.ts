import { readFileSync } from 'node:fs';
import { packagePath } from '../package-path.js';
import type { Tree, TreeEnsemble, TreeNode } from './trees.js';

/** A node on disk: [feature, threshold, left, right] or [value of the leaf]. */
type StoredNode = readonly [number, number, number, number] | readonly [number];

interface StoredModel {
  /** How the model was made. */
  readonly madeBy: string;
  readonly features: readonly string[];
  readonly trees: readonly (readonly StoredNode[])[];
}

const MODEL = 'index/rerank/model.json';
let loaded: TreeEnsemble | undefined;

/** The ranking model that comes with the package. */
export function bundledRanker(): TreeEnsemble {
  loaded ??= parseModel(readFileSync(packagePath(MODEL), 'utf8'));
  return loaded;
}

export function parseModel(json: string): TreeEnsemble {
  const { features, trees } = JSON.parse(json) as StoredModel;
  return { features, trees: trees.map((nodes) => nodes.map(nodeOf)) };
}

/** The text of a model's file. Numbers keep six significant digits: more than the trees tell apart. */
export function formatModel({ features, trees }: TreeEnsemble, madeBy: string): string {
  const stored: StoredModel = { madeBy, features, trees: trees.map((tree: Tree) => tree.map(storedOf)) };
  return `${JSON.stringify(stored).replaceAll(']],[[', ']],\n[[')}\n`;
}

function nodeOf(node: StoredNode): TreeNode {
  if (node.length === 1) return { value: node[0] };
  const [feature, threshold, left, right] = node;
  return { feature, threshold, left, right };
}

function storedOf(node: TreeNode): StoredNode {
  if ('value' in node) return [rounded(node.value)];
  return [node.feature, rounded(node.threshold), node.left, node.right];
}

const rounded = (value: number): number => Number(value.toPrecision(6));
