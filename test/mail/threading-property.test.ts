import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MessageId } from '../../mail/message-id.js';
import { buildThreads } from '../../mail/threading.js';
import { id, line, minted, node } from './thread-sketches.js';

describe('threading as a law', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const someNames = fc.array(fc.constantFrom(...names), { maxLength: 3 });
  const sketch = fc.record({
    name: fc.constantFrom(...names),
    sent: fc.option(fc.integer({ min: 0, max: 9 })),
    answers: someNames,
    references: someNames,
    subject: fc.constantFrom('Kettles', 'Re: Kettles', '[PATCH 0/2] x', '[PATCH 1/2] x', ''),
    from: fc.constantFrom('Ann Lee <ann@example.org>', 'Bo <bo@example.org>'),
    text: fc.constantFrom('Hot.\n', '> hot\nYes.\n'),
  });
  const place = fc.oneof(fc.constantFrom(...names.map(id)), fc.constantFrom(...['1', '2', '3', '4'].map(minted)));
  const sighting = fc
    .tuple(
      place,
      fc.option(place),
      fc.integer({ min: 0, max: 9 }),
      fc.constantFrom('Ann Lee', 'Bo'),
      fc.constantFrom('Kettles', 'Re: Kettles'),
    )
    .map((parts) => line(...parts));
  const archive = fc.tuple(fc.array(sketch, { maxLength: 12 }), fc.array(sighting, { maxLength: 8 }));

  it('does not depend on the order of arrival', () => {
    const shuffled = archive.chain(([sketches, lines]) =>
      fc.record({
        sketches: fc.constant(sketches),
        lines: fc.constant(lines),
        otherSketches: fc.shuffledSubarray(sketches, { minLength: sketches.length }),
        otherLines: fc.shuffledSubarray(lines, { minLength: lines.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ sketches, lines, otherSketches, otherLines }) => {
        expect(buildThreads(otherSketches.map(node), otherLines)).toEqual(buildThreads(sketches.map(node), lines));
      }),
      { numRuns: 300 },
    );
  });

  it('gives every message one place, below its parent and one deeper', () => {
    fc.assert(
      fc.property(archive, ([sketches, lines]) => {
        const threads = buildThreads(sketches.map(node), lines);
        const members = threads.flatMap((each) => each.members);
        const ids = members.map(({ messageId }) => messageId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(members.filter(({ present }) => present).length).toBe(new Set(sketches.map(({ name }) => name)).size);
        for (const { rootId, members: placed } of threads) {
          expect(placed[0]).toMatchObject({ messageId: rootId, parentId: null, depth: 0 });
          const depths = new Map<MessageId, number>();
          for (const { messageId, parentId, depth } of placed) {
            expect(depth).toBe(parentId === null ? 0 : (depths.get(parentId) ?? NaN) + 1);
            depths.set(messageId, depth);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
