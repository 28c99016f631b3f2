import { describe, expect, it } from 'vitest';
import type { StoreItem } from '../../ingest/readers/reader.js';
import { Waymarks } from '../../ingest/waymarks.js';

const commit = (number: number): string => number.toString(16).padStart(40, '0');
const item = (epoch: string, number: number): StoreItem => ({
  kind: 'skipped',
  reason: 'empty',
  locator: `${epoch}:${commit(number)}`,
});

function marksOf(items: readonly StoreItem[], since: string | null = null, format = 'public-inbox-git'): string[] {
  const way = new Waymarks(format, since);
  return items.flatMap((one) => way.before(one) ?? []);
}

const history = (epoch: string, count: number): StoreItem[] =>
  Array.from({ length: count }, (_, number) => item(epoch, number));

describe('marks on the way through a history', () => {
  it('name the last commit of which all was delivered', () => {
    expect(marksOf(history('0.git', 1001))).toEqual([`0.git=${commit(498)}`, `0.git=${commit(998)}`]);
  });

  it('keep what was read of other epochs', () => {
    const since = `0.git=${commit(7)}`;
    expect(marksOf(history('1.git', 501), since)).toEqual([`0.git=${commit(7)} 1.git=${commit(498)}`]);
  });

  it('never name a commit of which a mail is still to come', () => {
    const many = Array.from({ length: 600 }, () => item('0.git', 1));
    expect(marksOf([...history('0.git', 1), ...many])).toEqual([]);
  });

  it.each([
    ['a rewritten history', [{ kind: 'rewritten' } as const, ...history('0.git', 2000)], 'public-inbox-git'],
    ['a store of another kind', history('0.git', 2000), 'maildir'],
  ])('are not set in %s', (_, items, format) => {
    expect(marksOf(items, null, format)).toEqual([]);
  });
});
