import { describe, expect, it } from 'vitest';
import { embeddedText } from '../../index/embedder.js';
import { chain, id, message, passageOf, vectorFor } from './build.js';
import { ask, fill, on, reply, robot, root, weave, type Shelf } from './kettles.js';

/** What a library makes of threads, and what is left of them when messages are dropped. */
export function describeWeaving(shelf: Shelf): void {
  describe('weaves', () => {
    it('lists what was put until it is woven, through close and kill', () => {
      shelf.library.transaction(() => [root, reply].forEach((each) => shelf.library.put(each)));
      expect([...shelf.library.unwoven()].sort()).toEqual(['reply@x', 'root@x']);
      weave(shelf.library, [chain([root, reply])]);
      expect(shelf.library.unwoven().size).toBe(0);
    });

    it('knows threads by any member', () => {
      fill(shelf.library);
      const thread = shelf.library.thread(id('reply@x'));
      expect(thread).toEqual({ rootId: 'root@x', members: chain([root, reply]).members.map(({ member }) => member) });
      expect(shelf.library.thread(id('nobody@x'))).toBeNull();
    });

    it('attaches the sources of quotes to their blocks', () => {
      shelf.library.put(root);
      shelf.library.put(reply);
      const quote = reply.blocks.findIndex(({ kind }) => kind === 'quote');
      const source = { kind: 'message', messageId: root.messageId, spans: [{ start: 0, end: 27 }] } as const;
      const [first, second] = chain([root, reply]).members;
      weave(shelf.library, [{ rootId: root.messageId, members: [first!, { ...second!, sources: [[quote, source]] }] }]);
      expect(shelf.library.message(reply.messageId)?.blocks[quote]?.source).toEqual(source);
    });

    it('keeps the keys of passages that did not change, and drops the others', async () => {
      fill(shelf.library);
      const key = (await shelf.library.search({ question: 'copper', filter: { lists: ['tea'] }, limit: 1 }))[0]!.passage
        .key;
      const changed = { ...passageOf(reply), fields: { ...passageOf(reply).fields, quoted: 'changed' } };
      weave(shelf.library, [chain([root, reply], [[passageOf(root)], [changed]])]);
      expect(shelf.library.passage(key)?.messageId).toBe('root@x');
      expect(shelf.library.stats().passages.own).toBe(3);
    });

    it('tells passages as words that somebody said, and takes out those that were sifted', () => {
      fill(shelf.library);
      const own = shelf.library.spoken('own', 0, 10);
      expect(own.map(({ key }) => key)).toEqual([...own.map(({ key }) => key)].sort((a, b) => a - b));
      const [first, second] = own;
      expect(first).toMatchObject({ text: shelf.library.passage(first!.key)?.fields.own });
      expect(shelf.library.spoken('own', first!.key, 1)[0]?.key).toBe(second?.key);
      expect(shelf.library.siftedTo()).toBe(0);
      shelf.library.sift([first!.key], second!.key);
      expect(shelf.library.siftedTo()).toBe(second?.key);
      expect(shelf.library.passage(first!.key)).toBeNull();
      expect(shelf.library.spoken('own', 0, 10)).toHaveLength(own.length - 1);
      expect(shelf.library.spoken('recovered', 0, 10)).toEqual([]);
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
      shelf.library.put(root);
      shelf.library.put(reply);
      weave(shelf.library, [chain([root, reply], [[], [recovered]])]);
      const [hit] = await shelf.library.search({ question: 'other words', filter: {}, limit: 1 });
      expect(hit?.passage).toEqual({ ...recovered, key: hit?.passage.key });
    });

    it('says what is wrong with too few vectors, and changes nothing', () => {
      shelf.library.put(root);
      expect(() => shelf.library.weave([chain([root])], [])).toThrow(RangeError);
      expect(shelf.library.unwoven().size).toBe(1);
      expect(shelf.library.stats().passages.own).toBe(0);
    });

    it('remembers vectors by the text that was embedded', () => {
      const passage = passageOf(root);
      shelf.library.put(root);
      shelf.library.weave([chain([root])], [vectorFor('any')]);
      const [known, unknown] = shelf.library.knownVectors([embeddedText(passage.fields), 'never embedded']);
      expect(unknown).toBeNull();
      const cosine = (known as Float32Array).reduce((sum, value, at) => sum + value * (vectorFor('any')[at] ?? 0), 0);
      expect(cosine).toBeGreaterThan(0.999);
    });

    it('finds all that may belong together', () => {
      const loose = message({ messageId: 'loose@x', subject: 'AW: kettles', date: on(3) });
      const late = message({ messageId: 'late@x', subject: 'Re: Kettles', date: on(400) });
      const cover = message({ messageId: 'cover@x', subject: '[PATCH v2 0/2] lids', date: on(9) });
      const patch = message({ messageId: 'patch@x', subject: '[PATCH v2 1/2] tea: close the lid', date: on(9) });
      [root, reply, robot, loose, late, cover, patch].forEach((each) => shelf.library.put(each));
      const sighting = {
        messageId: id('seen@x'),
        parentId: id('reply@x'),
        from: root.from,
        date: null,
        subject: 's',
      };
      shelf.library.putSightings([sighting]);
      const from = (start: string): string[] => {
        const { messages, sightings } = shelf.library.connected(new Set([id(start)]));
        return [...messages, ...sightings].map(({ messageId }) => messageId).sort();
      };
      expect(from('root@x')).toEqual(['loose@x', 'reply@x', 'root@x', 'seen@x']);
      expect(from('seen@x')).toEqual(from('loose@x'));
      expect(from('late@x')).toEqual(['late@x']);
      expect(from('patch@x')).toEqual(['cover@x', 'patch@x']);
      expect(from('robot@x')).toEqual(['robot@x']);
      expect(from('nobody@x')).toEqual([]);
    });

    it('takes threads of one subject for connected, robots apart', () => {
      const other = message({ messageId: 'other@x', subject: 'Kettles', date: on(5), references: [id('gone@x')] });
      const later = message({ messageId: 'later@x', subject: 'Kettles', date: on(90) });
      const report = { ...robot, messageId: id('report@x'), date: on(3) };
      [root, reply, robot, other, later, report].forEach((each) => shelf.library.put(each));
      const from = (start: string): string[] =>
        shelf.library
          .connected(new Set([id(start)]))
          .messages.map(({ messageId }) => messageId)
          .sort();
      expect(from('root@x')).toEqual(['other@x', 'reply@x', 'root@x']);
      expect(from('other@x')).toEqual(from('reply@x'));
      expect(from('later@x')).toEqual(['later@x']);
      expect(from('robot@x')).toEqual(['robot@x']);
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
      shelf.library.putSightings([more]);
      shelf.library.putSightings([seen]);
      expect(shelf.library.connected(new Set([id('seen@x')])).sightings).toEqual([more]);
    });
  });

  describe('drops', () => {
    it('forgets a message and its passages, and has its neighbours woven again', async () => {
      fill(shelf.library);
      expect(shelf.library.drop(id('root@x'))).toBe(true);
      expect(shelf.library.drop(id('root@x'))).toBe(false);
      expect(shelf.library.message(id('root@x'))).toBeNull();
      expect(await ask(shelf.library, 'kettle_set_pressure', { lists: ['tea'] })).not.toContain('root@x');
      expect([...shelf.library.unwoven()]).toEqual(['reply@x']);
      expect(shelf.library.thread(id('reply@x'))?.members[0]).toMatchObject({
        messageId: 'root@x',
        present: false,
        author: null,
      });
    });

    it('has those woven again that could quote it under its subject', () => {
      const other = message({ messageId: 'other@x', subject: 'Kettles', date: on(5) });
      shelf.library.put(other);
      weave(shelf.library, [chain([other])]);
      fill(shelf.library);
      shelf.library.drop(id('root@x'));
      expect([...shelf.library.unwoven()].sort()).toEqual(['other@x', 'reply@x']);
    });

    it('leaves nothing of a message that stood alone', () => {
      fill(shelf.library);
      shelf.library.drop(id('robot@x'));
      expect(shelf.library.thread(id('robot@x'))).toBeNull();
      expect(shelf.library.stats()).toMatchObject({
        messages: 2,
        ghosts: 0,
        threads: 1,
        passages: { own: 2, recovered: 0 },
      });
    });
  });
}
