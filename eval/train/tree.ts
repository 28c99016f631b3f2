import type { Tree, TreeNode } from '../../index/rerank/trees.js';
import type { BinnedRows } from './bins.js';

export interface TreeOptions {
  readonly leaves: number;
  /** The least sum of hessians in a leaf. */
  readonly leafWeight: number;
  readonly leafRows: number;
  /** L2 penalty on leaf values. */
  readonly l2: number;
  /** Leaf values are multiplied by this. */
  readonly learningRate: number;
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
}

interface Leaf {
  readonly node: number;
  readonly rows: Uint32Array;
  readonly split: Split | null;
}

/**
 * Grows one regression tree leaf by leaf, the best gain first, on first and second derivatives of the loss
 * (Friedman 2001; the gain is that of XGBoost, Chen & Guestrin 2016, eq. 7). `features` are those that may split.
 */
export function growTree(
  data: BinnedRows,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Uint32Array,
  features: readonly number[],
  options: TreeOptions,
): Tree {
  const nodes: TreeNode[] = [];
  const leafFor = (node: number, members: Uint32Array): Leaf => {
    nodes[node] = { value: leafValue(gradients, hessians, members, options) };
    return { node, rows: members, split: bestSplit(data, gradients, hessians, members, features, options) };
  };
  let leaves = [leafFor(0, rows)];
  while (leaves.length < options.leaves) {
    const best = leaves.reduce((a, b) => ((b.split?.gain ?? 0) > (a.split?.gain ?? 0) ? b : a));
    if (!best.split) break;
    const { feature, bin } = best.split;
    const goesLeft = (row: number): boolean => (data.bins[feature * data.rows + row] ?? 0) <= bin;
    const [left, right] = [nodes.length, nodes.length + 1];
    nodes[best.node] = { feature, threshold: data.thresholds[feature]?.[bin] ?? 0, left, right };
    const halves = [
      leafFor(left, best.rows.filter(goesLeft)),
      leafFor(
        right,
        best.rows.filter((row) => !goesLeft(row)),
      ),
    ];
    leaves = [...leaves.filter((leaf) => leaf !== best), ...halves];
  }
  return nodes;
}

function leafValue(gradients: Float64Array, hessians: Float64Array, rows: Uint32Array, options: TreeOptions): number {
  let [gradient, hessian] = [0, 0];
  for (const row of rows) {
    gradient += gradients[row] ?? 0;
    hessian += hessians[row] ?? 0;
  }
  return (options.learningRate * gradient) / (hessian + options.l2);
}

function bestSplit(
  data: BinnedRows,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Uint32Array,
  features: readonly number[],
  options: TreeOptions,
): Split | null {
  let best: Split | null = null;
  for (const feature of features) {
    const bins = (data.thresholds[feature]?.length ?? 0) + 1;
    if (bins < 2) continue;
    const found = bestCut(histogram(data, feature, bins, gradients, hessians, rows), bins, options);
    if (found && found.gain > (best?.gain ?? 1e-9)) best = { ...found, feature };
  }
  return best;
}

/** Gradient, hessian and row count of each bin: [3 * bins]. */
function histogram(
  data: BinnedRows,
  feature: number,
  bins: number,
  gradients: Float64Array,
  hessians: Float64Array,
  rows: Uint32Array,
): Float64Array {
  const sums = new Float64Array(3 * bins);
  const offset = feature * data.rows;
  for (let index = 0; index < rows.length; index++) {
    const row = rows[index]!;
    const at = 3 * data.bins[offset + row]!;
    sums[at]! += gradients[row]!;
    sums[at + 1]! += hessians[row]!;
    sums[at + 2]! += 1;
  }
  return sums;
}

function bestCut(sums: Float64Array, bins: number, options: TreeOptions): { gain: number; bin: number } | null {
  const total = [0, 0, 0];
  for (let at = 0; at < sums.length; at++) total[at % 3]! += sums[at]!;
  const score = (gradient: number, hessian: number): number => (gradient * gradient) / (hessian + options.l2);
  const whole = score(total[0]!, total[1]!);
  let best: { gain: number; bin: number } | null = null;
  let [gradient, hessian, count] = [0, 0, 0];
  for (let bin = 0; bin < bins - 1; bin++) {
    gradient += sums[3 * bin]!;
    hessian += sums[3 * bin + 1]!;
    count += sums[3 * bin + 2]!;
    const [restHessian, restCount] = [total[1]! - hessian, total[2]! - count];
    if (Math.min(count, restCount) < options.leafRows || Math.min(hessian, restHessian) < options.leafWeight) continue;
    const gain = score(gradient, hessian) + score(total[0]! - gradient, restHessian) - whole;
    if (gain > (best?.gain ?? 0)) best = { gain, bin };
  }
  return best;
}
