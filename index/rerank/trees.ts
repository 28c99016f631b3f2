/** A node of a regression tree. Leaves have no `feature`. Children are places in the tree's list. */
export type TreeNode =
  | { readonly feature: number; readonly threshold: number; readonly left: number; readonly right: number }
  | { readonly value: number };

/** A regression tree; the root is the first node. */
export type Tree = readonly TreeNode[];

/** Additive regression trees over a fixed list of features. */
export interface TreeEnsemble {
  /** Names of the features in the order of the vectors that `scoreOf` takes. */
  readonly features: readonly string[];
  readonly trees: readonly Tree[];
}

/** The sum of the trees' leaves for one vector of features: a score that orders candidates of one question. */
export function scoreOf(ensemble: TreeEnsemble, vector: ArrayLike<number>): number {
  return ensemble.trees.reduce((sum, tree) => sum + leafOf(tree, vector), 0);
}

/** The value of the leaf that `vector` falls into: left where the feature is at most the threshold. */
export function leafOf(tree: Tree, vector: ArrayLike<number>): number {
  let node = tree[0];
  while (node && 'feature' in node) {
    node = tree[(vector[node.feature] ?? 0) <= node.threshold ? node.left : node.right];
  }
  return node ? node.value : 0;
}
