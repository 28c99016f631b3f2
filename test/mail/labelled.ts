import { labelBlocks } from '../../mail/label.js';
import { ownText } from '../../mail/own.js';

const LETTERS = {
  prose: 'P',
  quote: 'Q',
  attribution: 'A',
  patch: 'D',
  trailer: 'T',
  signature: 'S',
  footer: 'F',
  armor: 'G',
  elision: 'E',
} as const;

/** One code a line: kind and depth, `P0 Q1 A0`. */
export function codes(text: string): string {
  return labelBlocks(text)
    .flatMap((block) => block.lines.map(() => `${LETTERS[block.kind]}${block.depth}`))
    .join(' ');
}

export const own = (text: string): string => ownText({ text, blocks: labelBlocks(text) });
export const mail = (...lines: string[]): string => `${lines.join('\n')}\n`;

/** By line of quoted words: whom its attribution names, `?` where that is unclear. */
export function speakers(...lines: string[]): string[] {
  const text = mail(...lines);
  const blocks = labelBlocks(text);
  return blocks.flatMap((block) => {
    if (block.kind !== 'quote') return [];
    const name = blocks[block.attributedBy ?? -1]?.attribution?.name ?? '-';
    const filled = block.lines.filter(({ start, end }) => text.slice(start, end).trim() !== '');
    return filled.map(() => (block.unclear === true ? '?' : name));
  });
}
