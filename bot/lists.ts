import type { Bot } from './bot.js';
import { Refusal } from './failures.js';
import { inertLine } from './markdown.js';

/** Names as the archive writes them. Throws `Refusal` for one that it does not hold. */
export async function namedLists({ archive }: Pick<Bot, 'archive'>, text: string | null): Promise<string[]> {
  const names = (text ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) return [];
  const { lists } = await archive.ask({ kind: 'stats' });
  return [...new Set(names)].map((name) => {
    const known = lists.find(({ list }) => list.toLowerCase() === name.toLowerCase());
    if (known === undefined)
      throw new Refusal(`The archive has no list “${inertLine(name, 60)}”: \`/archive\` shows those that it has.`);
    return known.list;
  });
}
