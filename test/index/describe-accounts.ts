import { describe, expect, it } from 'vitest';
import type { SearchFilter } from '../../index/library.js';
import type { Message } from '../../mail/message.js';
import { chain, id, message } from './build.js';
import { DAY, fill, on, root, START, weave, type Shelf } from './kettles.js';

/** What a library counts and remembers of its sources, authors and trackers. */
export function describeAccounts(shelf: Shelf): void {
  describe('accounts', () => {
    it('counts', () => {
      fill(shelf.library);
      shelf.library.noteSync('/archives/tea.mbox', 5, null);
      shelf.library.noteSync('/archives/gone.mbox', 6, 'no such file');
      expect(shelf.library.stats()).toMatchObject({
        messages: 3,
        ghosts: 0,
        threads: 2,
        passages: { own: 3, recovered: 0 },
        lists: [
          { list: 'reports', messages: 1, first: on(2), last: on(2) },
          { list: 'tea', messages: 2, first: on(0), last: on(1) },
        ],
        sources: [
          { source: '/archives/gone.mbox', messages: 0, syncedAt: null, lastError: 'no such file' },
          { source: '/archives/tea.mbox', messages: 3, syncedAt: 5, lastError: null },
        ],
      });
    });

    it.each<[SearchFilter, number, Message['date'], Message['date']]>([
      [{}, 3, on(0), on(2)],
      [{ lists: ['tea'] }, 2, on(0), on(1)],
      [{ author: 'oak bela' }, 1, on(1), on(1)],
      [{ author: 'Nobody' }, 0, null, null],
      [{ after: START + DAY }, 2, on(1), on(2)],
      [{ after: START + 3 * DAY }, 0, null, null],
    ])('counts what %j leaves to be searched', (filter, messages, first, last) => {
      fill(shelf.library);
      expect(shelf.library.covered(filter)).toEqual({ messages, first, last });
    });

    it('puts a misspelt question right', async () => {
      fill(shelf.library);
      expect(await shelf.library.corrected('why does the steam escpae?')).toBe('why does the steam escpae?');
      const more = ['a@x', 'b@x', 'c@x'].map((other) => message({ messageId: other, text: 'Steam will escape.\n' }));
      shelf.library.transaction(() => more.forEach((one) => shelf.library.put(one)));
      weave(
        shelf.library,
        more.map((one) => chain([one])),
      );
      expect(await shelf.library.corrected('why does the steam escpae?')).toBe('why does the steam escape?');
    });

    it('completes authors', () => {
      fill(shelf.library);
      expect(shelf.library.authors('oa', 5)).toEqual(['Béla Oak']);
      expect(shelf.library.authors('', 9)).toEqual(['Ada Palm', 'Béla Oak', 'Kettle Robot']);
      expect(shelf.library.authors('', 1)).toHaveLength(1);
    });

    it('remembers marks by source and part', () => {
      expect(shelf.library.mark('a', '')).toBeNull();
      shelf.library.setMark('a', '', '1');
      shelf.library.setMark('a', 'git/0', '2');
      shelf.library.setMark('a', '', '3');
      expect([shelf.library.mark('a', ''), shelf.library.mark('a', 'git/0')]).toEqual(['3', '2']);
    });

    it('remembers what each tracker says of a patch last, held or not, and since when', () => {
      const accepted = { source: 'https://a.example.org/', state: 'accepted', since: 5, permalink: 'https://a/p/1/' };
      const fresh = { source: 'https://b.example.org/', state: 'new', since: null, permalink: null };
      expect(shelf.library.patchStates(id('root@x'))).toEqual([]);
      shelf.library.putPatchState(id('root@x'), fresh);
      shelf.library.putPatchState(id('root@x'), { ...accepted, state: 'under-review', since: 3 });
      shelf.library.putPatchState(id('root@x'), accepted);
      expect(shelf.library.patchStates(id('root@x'))).toEqual([accepted, fresh]);
      shelf.library.putPatchState(id('root@x'), { ...accepted, since: null });
      shelf.library.put(root);
      expect(shelf.library.patchStates(id('root@x'))).toEqual([accepted, fresh]);
      shelf.library.putPatchState(id('root@x'), { ...accepted, state: 'superseded', since: null });
      expect(shelf.library.patchStates(id('root@x'))[0]).toEqual({ ...accepted, state: 'superseded', since: null });
      expect(shelf.library.patchStates(id('reply@x'))).toEqual([]);
    });

    it('changes the revision when what can be found changes, and only then', () => {
      const revisions = [shelf.library.stats().revision];
      const note = (): unknown => revisions.push(shelf.library.stats().revision);
      fill(shelf.library);
      note();
      shelf.library.setMark('a', '', '1');
      note();
      shelf.library.drop(id('robot@x'));
      note();
      expect(revisions[1]).not.toBe(revisions[0]);
      expect(revisions[2]).toBe(revisions[1]);
      expect(revisions[3]).not.toBe(revisions[2]);
    });

    it('undoes a transaction that throws, and works on', () => {
      const counted = [shelf.library.stats().messages];
      expect(() =>
        shelf.library.transaction(() => {
          shelf.library.put(root);
          counted.push(shelf.library.stats().messages);
          throw new Error('stop');
        }),
      ).toThrow('stop');
      expect(shelf.library.message(id('root@x'))).toBeNull();
      counted.push(shelf.library.stats().messages);
      shelf.library.put(root);
      counted.push(shelf.library.stats().messages);
      expect(counted).toEqual([0, 1, 0, 1]);
      expect(shelf.library.message(id('root@x'))?.from).toEqual(root.from);
    });
  });
}
