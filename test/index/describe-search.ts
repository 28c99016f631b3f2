import { describe, expect, it } from 'vitest';
import type { SearchFilter } from '../../index/library.js';
import { chain, id, message, passageOf } from './build.js';
import { ask, DAY, fill, root, START, weave, type Shelf } from './kettles.js';

/** What a library finds, by words and narrowed by filters. */
export function describeSearch(shelf: Shelf): void {
  describe('searches', () => {
    it.each([
      ['why does steam escape?', 'reply@x'],
      ['kettle_set_pressure', 'root@x'],
      ['"loose lid" copper kettle', 'reply@x'],
      ['whistling', 'root@x'],
    ])('%s → %s', async (question, expected) => {
      fill(shelf.library);
      expect((await ask(shelf.library, question))[0]).toBe(expected);
    });

    it('holds robots back', async () => {
      fill(shelf.library);
      expect((await ask(shelf.library, 'copper kettle'))[0]).toBe('root@x');
      expect(await ask(shelf.library, 'copper kettle')).toContain('robot@x');
    });

    it.each<[SearchFilter, string[]]>([
      [{ lists: ['reports'] }, ['robot@x']],
      [{ lists: ['Tea'] }, ['reply@x', 'root@x']],
      [{ lists: ['nowhere'] }, []],
      [{ author: 'oak bela' }, ['reply@x']],
      [{ author: 'robot@example.org' }, ['robot@x']],
      [{ author: 'Oak Palm' }, []],
      [{ after: START + DAY }, ['reply@x', 'robot@x']],
      [{ before: START + DAY }, ['root@x']],
      [{ author: 'Palm', after: START, before: START + 1 }, ['root@x']],
      [{ thread: id('root@x') }, ['reply@x', 'root@x']],
      [{ thread: id('root@x'), author: 'Oak' }, ['reply@x']],
      [{ thread: id('gone@x') }, []],
    ])('narrows by %j', async (filter, expected) => {
      fill(shelf.library);
      expect((await ask(shelf.library, 'copper kettle lid steam', filter)).sort()).toEqual(expected);
    });

    it('gives one hit a message and no more than wanted', async () => {
      shelf.library.put(root);
      const parts = [passageOf(root), passageOf(root, { spans: [{ start: 0, end: 10 }] })];
      weave(shelf.library, [chain([root], [parts])]);
      expect(await ask(shelf.library, 'copper kettle')).toEqual(['root@x']);
      expect(await ask(shelf.library, 'copper kettle', {}, 0)).toEqual([]);
    });

    it.each([
      ['quotes', '"""\'"" " “'],
      ['FTS5 syntax', 'copper NEAR(kettle, 2) AND NOT own:x OR ^lid*'],
      ['column filters', '{own subject} : copper - kettle'],
      ['a NUL', 'copper\0kettle'],
      ['half a surrogate pair', 'copper \ud800 kettle'],
      ['100,000 words', 'copper kettle '.repeat(50_000)],
      ['100,000 different words', Array.from({ length: 20_000 }, (_, at) => `w${at}`).join(' ')],
      ['one long word', 'k'.repeat(100_000)],
      ['markup', '<@123> `; DROP TABLE message; --`'],
      ['stop words alone', 'what is it about?'],
      ['nothing', ' \n'],
      ['emoji', '🫖🫖'],
    ])('answers questions with %s', async (_, question) => {
      fill(shelf.library);
      expect(Array.isArray(await ask(shelf.library, question))).toBe(true);
      expect(shelf.library.stats().messages).toBe(3);
    });

    it('finds the same through the graph as without', async () => {
      fill(shelf.library);
      const before = await shelf.library.search({ question: 'copper kettle lid', filter: {}, limit: 9 });
      await shelf.library.graph({ force: true });
      expect(shelf.library.stats().graphed).toBe(3);
      expect(await shelf.library.search({ question: 'copper kettle lid', filter: {}, limit: 9 })).toEqual(before);
      shelf.library.drop(id('root@x'));
      shelf.library.put(message({ messageId: 'new@x', text: 'A copper kettle is new.\n' }));
      weave(shelf.library, [chain([message({ messageId: 'new@x', text: 'A copper kettle is new.\n' })])]);
      expect(await ask(shelf.library, 'copper kettle')).toEqual(expect.arrayContaining(['new@x']));
      expect(await ask(shelf.library, 'copper kettle')).not.toContain('root@x');
      await shelf.library.graph({ force: true });
      expect(shelf.library.stats().graphed).toBe(3);
      expect(await ask(shelf.library, 'copper kettle')).toEqual(expect.arrayContaining(['new@x', 'robot@x']));
    });
  });
}
