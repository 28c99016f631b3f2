import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LibraryWriter } from '../../index/library.js';
import { chain, id } from './build.js';
import { describeAccounts } from './describe-accounts.js';
import { describeMessages } from './describe-messages.js';
import { describeSearch } from './describe-search.js';
import { describeWeaving } from './describe-weaving.js';
import { reply, robot, root, weave, type Shelf } from './kettles.js';

/** What every engine behind `index/library.ts` does. `open` gives an empty library. */
export function describeLibrary(name: string, open: () => Promise<LibraryWriter>): void {
  describe(name, () => {
    const shelf = {} as Shelf;
    beforeEach(async () => void (shelf.library = await open()));
    afterEach(() => shelf.library.close());

    describeMessages(shelf);
    describeWeaving(shelf);
    describeSearch(shelf);
    describeAccounts(shelf);

    it('holds the same whatever the order of arrival', async () => {
      const orders = [
        [root, reply, robot],
        [robot, reply, root],
        [reply, root, robot],
      ];
      const seen: unknown[] = [];
      for (const order of orders) {
        const other = await open();
        order.forEach((each) => other.put(each));
        weave(other, [chain([root, reply]), chain([robot])]);
        const hits = await other.search({ question: 'copper kettle lid', filter: {}, limit: 9 });
        const messages = [...other.everyMessage()].sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
        const connected = other
          .connected(new Set([id('root@x')]))
          .messages.map(({ messageId }) => messageId)
          .sort();
        seen.push(JSON.stringify([messages, hits, connected, other.stats().passages]));
        other.close();
      }
      expect(new Set(seen).size).toBe(1);
    });
  });
}
