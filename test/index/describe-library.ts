import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { embeddedText } from '../../index/embedder.js';
import type { LibraryWriter, SearchFilter, WovenThread } from '../../index/library.js';
import type { Message } from '../../mail/message.js';
import { chain, id, message, origin, passageOf, vectorFor, vectorsFor } from './build.js';

const DAY = 86_400_000;
const START = Date.UTC(2024, 2, 1, 12);

function on(day: number): Message['date'] {
  return { instant: START + day * DAY, offset: 0 };
}

const root = message({
  messageId: 'root@x',
  text: 'The copper kettle whistles in kettle_set_pressure().\n',
  date: on(0),
});
const reply = message({
  messageId: 'reply@x',
  text: '> The copper kettle whistles\n\nA loose lid lets the steam escape too early.\n',
  subject: 'Re: Kettles',
  inReplyTo: [id('root@x')],
  references: [id('root@x')],
  from: { name: 'Béla Oak', address: 'bela.oak@example.net', masked: null },
  date: on(1),
  origins: [origin({ locator: '1', permalink: 'https://www.example.org/tea/reply@x/' })],
});
const robot = message({
  messageId: 'robot@x',
  text: 'Nightly report: copper kettle, copper kettle, lid, steam.\n',
  subject: 'Nightly',
  robot: true,
  from: { name: 'Kettle Robot', address: 'robot@example.org', masked: null },
  date: on(2),
  origins: [origin({ list: 'reports', locator: '2' })],
});

/** What every engine behind `index/library.ts` does. `open` gives an empty library. */
export function describeLibrary(name: string, open: () => Promise<LibraryWriter>): void {
  describe(name, () => {
    let library: LibraryWriter;
    beforeEach(async () => void (library = await open()));
    afterEach(() => library.close());

    function fill(): void {
      library.transaction(() => [root, reply, robot].forEach((each) => library.put(each)));
      weave([chain([root, reply]), chain([robot])]);
    }
    function weave(threads: readonly WovenThread[]): void {
      library.weave(threads, vectorsFor(threads));
    }
    async function ask(question: string, filter: SearchFilter = {}, limit = 5): Promise<string[]> {
      const hits = await library.search({ question, filter, limit });
      return hits.map(({ passage }) => passage.messageId);
    }

    describe('keeps messages', () => {
      it('gives back what was put, with its place', () => {
        fill();
        expect(library.message(id('reply@x'))).toEqual({ ...reply, parentId: 'root@x', rootId: 'root@x' });
        expect(library.message(id('nobody@x'))).toBeNull();
      });

      it('gives back any message whatever it holds', () => {
        fc.assert(
          fc.property(anyMessage, (any) => {
            library.put(any);
            expect(library.message(any.messageId)).toEqual({ ...any, parentId: null, rootId: any.messageId });
          }),
          { numRuns: 60 },
        );
      });

      it('replaces by Message-ID and walks every message once', () => {
        fill();
        library.put({ ...reply, subject: 'Re: Lids' });
        expect([...library.everyMessage()].map(({ messageId }) => messageId).sort()).toEqual([
          'reply@x',
          'robot@x',
          'root@x',
        ]);
        expect(library.message(id('reply@x'))?.subject).toBe('Re: Lids');
      });

      it.each([
        ['https://www.example.org/tea/reply@x/', 1],
        ['http://example.org/tea/reply%40x', 1],
        ['EXAMPLE.org/tea/reply@x/#part', 1],
        ['https://example.org/tea/reply@x#part', 1],
        ['https://example.org/tea/other@x/', 0],
        ['', 0],
      ])('finds %s among its pages: %i', (url, count) => {
        fill();
        expect(library.byPermalink(url)).toHaveLength(count);
      });

      it('adds an origin once', () => {
        fill();
        const second = origin({ source: '/archives/second.mbox', list: 'tea', locator: '7' });
        expect(library.addOrigin(id('root@x'), second)).toBe(true);
        expect(library.addOrigin(id('root@x'), second)).toBe(false);
        expect(library.addOrigin(id('nobody@x'), second)).toBe(false);
        expect(library.message(id('root@x'))?.origins).toEqual([...root.origins, second]);
        expect(library.unwoven().size).toBe(0);
      });

      it.each([
        ['the same minute', START + 30_000, 'other', ['root@x']],
        ['a zone that was left out', START + 5 * 3_600_000, 'other', ['root@x']],
        ['another minute', START + 61_000, 'other', []],
        ['the same content', null, root.contentHash, ['root@x']],
        ['nothing in common', null, 'other', []],
      ])('finds twins by %s', (_, instant, hash, expected) => {
        library.put(root);
        expect(library.twins(instant, hash).map(({ messageId }) => messageId)).toEqual(expected);
      });

      it('looks messages up by the words of subject and author, the last one half typed', () => {
        fill();
        const found = (words: string): string[] => library.lookUp(words, 5).map(({ messageId }) => messageId);
        expect(found('kettles bel')).toEqual(['reply@x']);
        expect(found('nightly')).toEqual(['robot@x']);
        expect(found('"*) OR (')).toEqual([]);
        expect(found('')).toEqual([]);
      });
    });

    describe('weaves', () => {
      it('lists what was put until it is woven, through close and kill', () => {
        library.transaction(() => [root, reply].forEach((each) => library.put(each)));
        expect([...library.unwoven()].sort()).toEqual(['reply@x', 'root@x']);
        weave([chain([root, reply])]);
        expect(library.unwoven().size).toBe(0);
      });

      it('knows threads by any member', () => {
        fill();
        const thread = library.thread(id('reply@x'));
        expect(thread).toEqual({ rootId: 'root@x', members: chain([root, reply]).members.map(({ member }) => member) });
        expect(library.thread(id('nobody@x'))).toBeNull();
      });

      it('attaches the sources of quotes to their blocks', () => {
        library.put(root);
        library.put(reply);
        const quote = reply.blocks.findIndex(({ kind }) => kind === 'quote');
        const source = { kind: 'message', messageId: root.messageId, spans: [{ start: 0, end: 27 }] } as const;
        const [first, second] = chain([root, reply]).members;
        weave([{ rootId: root.messageId, members: [first!, { ...second!, sources: [[quote, source]] }] }]);
        expect(library.message(reply.messageId)?.blocks[quote]?.source).toEqual(source);
      });

      it('keeps the keys of passages that did not change, and drops the others', async () => {
        fill();
        const key = (await library.search({ question: 'copper', filter: { lists: ['tea'] }, limit: 1 }))[0]!.passage
          .key;
        const changed = { ...passageOf(reply), fields: { ...passageOf(reply).fields, quoted: 'changed' } };
        weave([chain([root, reply], [[passageOf(root)], [changed]])]);
        expect(library.passage(key)?.messageId).toBe('root@x');
        expect(library.stats().passages.own).toBe(3);
      });

      it('gives back passages whole', async () => {
        const ghost = { name: 'Cy Elm', address: null, masked: 'cy@...ple.org' };
        const recovered = passageOf(reply, {
          kind: 'recovered',
          speaker: ghost,
          saidAt: null,
          sourceId: null,
          spans: [
            { start: 2, end: 12 },
            { start: 13, end: 28 },
          ],
          fields: { own: 'other words', subject: 'Lids', quoted: 'q', parent: 'p', opening: 'o' },
        });
        library.put(root);
        library.put(reply);
        weave([chain([root, reply], [[], [recovered]])]);
        const [hit] = await library.search({ question: 'other words', filter: {}, limit: 1 });
        expect(hit?.passage).toEqual({ ...recovered, key: hit?.passage.key });
      });

      it('says what is wrong with too few vectors, and changes nothing', () => {
        library.put(root);
        expect(() => library.weave([chain([root])], [])).toThrow(RangeError);
        expect(library.unwoven().size).toBe(1);
        expect(library.stats().passages.own).toBe(0);
      });

      it('remembers vectors by the text that was embedded', () => {
        const passage = passageOf(root);
        library.put(root);
        library.weave([chain([root])], [vectorFor('any')]);
        const [known, unknown] = library.knownVectors([embeddedText(passage.fields), 'never embedded']);
        expect(unknown).toBeNull();
        const cosine = (known as Float32Array).reduce((sum, value, at) => sum + value * (vectorFor('any')[at] ?? 0), 0);
        expect(cosine).toBeGreaterThan(0.999);
      });

      it('finds all that may belong together', () => {
        const loose = message({ messageId: 'loose@x', subject: 'AW: kettles', date: on(3) });
        const late = message({ messageId: 'late@x', subject: 'Re: Kettles', date: on(400) });
        const cover = message({ messageId: 'cover@x', subject: '[PATCH v2 0/2] lids', date: on(9) });
        const patch = message({ messageId: 'patch@x', subject: '[PATCH v2 1/2] tea: close the lid', date: on(9) });
        [root, reply, robot, loose, late, cover, patch].forEach((each) => library.put(each));
        const sighting = {
          messageId: id('seen@x'),
          parentId: id('reply@x'),
          from: root.from,
          date: null,
          subject: 's',
        };
        library.putSightings([sighting]);
        const from = (start: string): string[] => {
          const { messages, sightings } = library.connected(new Set([id(start)]));
          return [...messages, ...sightings].map(({ messageId }) => messageId).sort();
        };
        expect(from('root@x')).toEqual(['loose@x', 'reply@x', 'root@x', 'seen@x']);
        expect(from('seen@x')).toEqual(from('loose@x'));
        expect(from('late@x')).toEqual(['late@x']);
        expect(from('patch@x')).toEqual(['cover@x', 'patch@x']);
        expect(from('robot@x')).toEqual(['robot@x']);
        expect(from('nobody@x')).toEqual([]);
      });

      it('joins what overviews say of one message, in any order', () => {
        const seen = {
          messageId: id('seen@x'),
          parentId: null,
          from: { name: null, address: null, masked: null },
          date: null,
          subject: '',
        };
        const more = { ...seen, parentId: id('root@x'), from: root.from, date: on(1), subject: 'Kettles' };
        library.putSightings([more]);
        library.putSightings([seen]);
        expect(library.connected(new Set([id('seen@x')])).sightings).toEqual([more]);
      });
    });

    describe('drops', () => {
      it('forgets a message and its passages, and has its neighbours woven again', async () => {
        fill();
        expect(library.drop(id('root@x'))).toBe(true);
        expect(library.drop(id('root@x'))).toBe(false);
        expect(library.message(id('root@x'))).toBeNull();
        expect(await ask('kettle_set_pressure', { lists: ['tea'] })).not.toContain('root@x');
        expect([...library.unwoven()]).toEqual(['reply@x']);
        expect(library.thread(id('reply@x'))?.members[0]).toMatchObject({
          messageId: 'root@x',
          present: false,
          author: null,
        });
      });

      it('leaves nothing of a message that stood alone', () => {
        fill();
        library.drop(id('robot@x'));
        expect(library.thread(id('robot@x'))).toBeNull();
        expect(library.stats()).toMatchObject({
          messages: 2,
          ghosts: 0,
          threads: 1,
          passages: { own: 2, recovered: 0 },
        });
      });
    });

    describe('searches', () => {
      it.each([
        ['why does steam escape?', 'reply@x'],
        ['kettle_set_pressure', 'root@x'],
        ['"loose lid" copper kettle', 'reply@x'],
        ['whistling', 'root@x'],
      ])('%s → %s', async (question, expected) => {
        fill();
        expect((await ask(question))[0]).toBe(expected);
      });

      it('holds robots back', async () => {
        fill();
        expect((await ask('copper kettle'))[0]).toBe('root@x');
        expect(await ask('copper kettle')).toContain('robot@x');
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
      ])('narrows by %j', async (filter, expected) => {
        fill();
        expect((await ask('copper kettle lid steam', filter)).sort()).toEqual(expected);
      });

      it('gives one hit a message and no more than wanted', async () => {
        library.put(root);
        const parts = [passageOf(root), passageOf(root, { spans: [{ start: 0, end: 10 }] })];
        weave([chain([root], [parts])]);
        expect(await ask('copper kettle')).toEqual(['root@x']);
        expect(await ask('copper kettle', {}, 0)).toEqual([]);
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
        fill();
        expect(Array.isArray(await ask(question))).toBe(true);
        expect(library.stats().messages).toBe(3);
      });

      it('finds the same through the graph as without', async () => {
        fill();
        const before = await library.search({ question: 'copper kettle lid', filter: {}, limit: 9 });
        await library.graph({ force: true });
        expect(library.stats().graphed).toBe(3);
        expect(await library.search({ question: 'copper kettle lid', filter: {}, limit: 9 })).toEqual(before);
        library.drop(id('root@x'));
        library.put(message({ messageId: 'new@x', text: 'A copper kettle is new.\n' }));
        weave([chain([message({ messageId: 'new@x', text: 'A copper kettle is new.\n' })])]);
        expect(await ask('copper kettle')).toEqual(expect.arrayContaining(['new@x']));
        expect(await ask('copper kettle')).not.toContain('root@x');
        await library.graph({ force: true });
        expect(library.stats().graphed).toBe(3);
        expect(await ask('copper kettle')).toEqual(expect.arrayContaining(['new@x', 'robot@x']));
      });
    });

    describe('accounts', () => {
      it('counts', () => {
        fill();
        library.noteSync('/archives/tea.mbox', 5, null);
        library.noteSync('/archives/gone.mbox', 6, 'no such file');
        expect(library.stats()).toMatchObject({
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

      it('completes authors', () => {
        fill();
        expect(library.authors('oa', 5)).toEqual(['Béla Oak']);
        expect(library.authors('', 9)).toEqual(['Ada Palm', 'Béla Oak', 'Kettle Robot']);
        expect(library.authors('', 1)).toHaveLength(1);
      });

      it('remembers marks by source and part', () => {
        expect(library.mark('a', '')).toBeNull();
        library.setMark('a', '', '1');
        library.setMark('a', 'git/0', '2');
        library.setMark('a', '', '3');
        expect([library.mark('a', ''), library.mark('a', 'git/0')]).toEqual(['3', '2']);
      });

      it('remembers what each tracker says of a patch last, held or not, and since when', () => {
        const accepted = { source: 'https://a.example.org/', state: 'accepted', since: 5, permalink: 'https://a/p/1/' };
        const fresh = { source: 'https://b.example.org/', state: 'new', since: null, permalink: null };
        expect(library.patchStates(id('root@x'))).toEqual([]);
        library.putPatchState(id('root@x'), fresh);
        library.putPatchState(id('root@x'), { ...accepted, state: 'under-review', since: 3 });
        library.putPatchState(id('root@x'), accepted);
        expect(library.patchStates(id('root@x'))).toEqual([accepted, fresh]);
        library.putPatchState(id('root@x'), { ...accepted, since: null });
        library.put(root);
        expect(library.patchStates(id('root@x'))).toEqual([accepted, fresh]);
        library.putPatchState(id('root@x'), { ...accepted, state: 'superseded', since: null });
        expect(library.patchStates(id('root@x'))[0]).toEqual({ ...accepted, state: 'superseded', since: null });
        expect(library.patchStates(id('reply@x'))).toEqual([]);
      });

      it('changes the revision when what can be found changes, and only then', () => {
        const revisions = [library.stats().revision];
        const note = (): unknown => revisions.push(library.stats().revision);
        fill();
        note();
        library.setMark('a', '', '1');
        note();
        library.drop(id('robot@x'));
        note();
        expect(revisions[1]).not.toBe(revisions[0]);
        expect(revisions[2]).toBe(revisions[1]);
        expect(revisions[3]).not.toBe(revisions[2]);
      });

      it('undoes a transaction that throws, and works on', () => {
        const counted = [library.stats().messages];
        expect(() =>
          library.transaction(() => {
            library.put(root);
            counted.push(library.stats().messages);
            throw new Error('stop');
          }),
        ).toThrow('stop');
        expect(library.message(id('root@x'))).toBeNull();
        counted.push(library.stats().messages);
        library.put(root);
        counted.push(library.stats().messages);
        expect(counted).toEqual([0, 1, 0, 1]);
        expect(library.message(id('root@x'))?.from).toEqual(root.from);
      });
    });

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
        const threads = [chain([root, reply]), chain([robot])];
        other.weave(threads, vectorsFor(threads));
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

const text = fc.string({ unit: 'binary', maxLength: 60 }).map((each) => each.toWellFormed());
const anyId = fc.stringMatching(/^[a-z]{1,8}@[a-z]{1,8}$/).map(id);
const mailbox = fc.record({
  name: fc.option(text),
  address: fc.option(fc.emailAddress()),
  masked: fc.option(text),
});
const date = fc.option(
  fc.record({
    instant: fc.integer({ min: -62_000_000_000_000, max: 253_000_000_000_000 }),
    offset: fc.option(fc.integer({ min: -840, max: 840 })),
  }),
);
const anyMessage = fc
  .record({
    messageId: anyId,
    inReplyTo: fc.array(anyId, { maxLength: 3 }),
    references: fc.array(anyId, { maxLength: 5 }),
    from: mailbox,
    to: fc.array(mailbox, { maxLength: 2 }),
    cc: fc.array(mailbox, { maxLength: 2 }),
    date,
    subject: text,
    text,
    attachments: fc.array(text, { maxLength: 2 }),
    origins: fc.uniqueArray(fc.record({ source: text, list: text, locator: text, permalink: text }), {
      maxLength: 3,
      selector: ({ source, list, locator }) => JSON.stringify([source, list, locator]),
    }),
    contentHash: fc.stringMatching(/^[0-9a-f]{64}$/),
    robot: fc.boolean(),
  })
  .map((parts) => message(parts));
