import type { AnyNode, Element } from 'domhandler';
import { visit } from './page-html.js';

/** The first element of a name below a node, in document order; null where there is none. */
export function firstElement(root: AnyNode, name: string): Element | null {
  // A selector would take quadratic time on pages without `<html>` that are made of a million tags.
  let first: Element | null = null;
  visit(root, (node) => {
    if (first === null && node.type === 'tag' && node.name === name) first = node;
  });
  return first;
}
