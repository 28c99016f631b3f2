import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { id, message, origin } from './build.js';
import { fill, reply, root, START, type Shelf } from './kettles.js';

/** How a library keeps and finds messages. */
export function describeMessages(shelf: Shelf): void {
  describe('keeps messages', () => {
    it('gives back what was put, with its place', () => {
      fill(shelf.library);
      expect(shelf.library.message(id('reply@x'))).toEqual({ ...reply, parentId: 'root@x', rootId: 'root@x' });
      expect(shelf.library.message(id('nobody@x'))).toBeNull();
    });

    it('gives back any message whatever it holds', () => {
      fc.assert(
        fc.property(anyMessage, (any) => {
          shelf.library.put(any);
          expect(shelf.library.message(any.messageId)).toEqual({ ...any, parentId: null, rootId: any.messageId });
        }),
        { numRuns: 60 },
      );
    });

    it('replaces by Message-ID and walks every message once', () => {
      fill(shelf.library);
      shelf.library.put({ ...reply, subject: 'Re: Lids' });
      expect([...shelf.library.everyMessage()].map(({ messageId }) => messageId).sort()).toEqual([
        'reply@x',
        'robot@x',
        'root@x',
      ]);
      expect(shelf.library.message(id('reply@x'))?.subject).toBe('Re: Lids');
    });

    it.each([
      ['https://www.example.org/tea/reply@x/', 1],
      ['http://example.org/tea/reply%40x', 1],
      ['EXAMPLE.org/tea/reply@x/#part', 1],
      ['https://example.org/tea/reply@x#part', 1],
      ['https://example.org/tea/other@x/', 0],
      ['', 0],
    ])('finds %s among its pages: %i', (url, count) => {
      fill(shelf.library);
      expect(shelf.library.byPermalink(url)).toHaveLength(count);
    });

    it('adds an origin once', () => {
      fill(shelf.library);
      const second = origin({ source: '/archives/second.mbox', list: 'tea', locator: '7' });
      expect(shelf.library.addOrigin(id('root@x'), second)).toBe(true);
      expect(shelf.library.addOrigin(id('root@x'), second)).toBe(false);
      expect(shelf.library.addOrigin(id('nobody@x'), second)).toBe(false);
      expect(shelf.library.message(id('root@x'))?.origins).toEqual([...root.origins, second]);
      expect(shelf.library.unwoven().size).toBe(0);
    });

    it.each([
      ['the same minute', START + 30_000, 'other', ['root@x']],
      ['a zone that was left out', START + 5 * 3_600_000, 'other', ['root@x']],
      ['another minute', START + 61_000, 'other', []],
      ['the same content', null, root.contentHash, ['root@x']],
      ['nothing in common', null, 'other', []],
    ])('finds twins by %s', (_, instant, hash, expected) => {
      shelf.library.put(root);
      expect(shelf.library.twins(instant, hash).map(({ messageId }) => messageId)).toEqual(expected);
    });

    it('looks messages up by the words of subject and author, the last one half typed', () => {
      fill(shelf.library);
      const found = (words: string): string[] => shelf.library.lookUp(words, 5).map(({ messageId }) => messageId);
      expect(found('kettles bel')).toEqual(['reply@x']);
      expect(found('nightly')).toEqual(['robot@x']);
      expect(found('"*) OR (')).toEqual([]);
      expect(found('')).toEqual([]);
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
