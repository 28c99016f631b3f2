import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ownText } from '../../mail/own.js';
import { resolveQuotes } from '../../mail/quotes.js';
import { textAt } from '../../mail/span.js';
import type { ThreadMember } from '../../mail/thread.js';
import { MARKED, thread, threads, WORD, writers, type Written } from './written-threads.js';

function chainOf(of: Written): Written[] {
  return of.parent === null ? [] : [of.parent, ...chainOf(of.parent)];
}

function asMember({ message, present }: Written): ThreadMember {
  const { messageId, from, date } = message;
  return {
    messageId,
    parentId: null,
    depth: 0,
    present,
    author: present ? from.name : null,
    date: present ? date : null,
    subject: null,
  };
}

describe('in any thread', () => {
  it("nobody's own words hold another's, and every own word is kept", () => {
    fc.assert(
      fc.property(threads(MARKED), ([manners, holes]) => {
        for (const { number, message } of thread(manners, holes)) {
          const own = ownText(message);
          expect(writers(own)).toEqual([number]);
          expect([...own.matchAll(WORD)].length).toBe(24 * manners[number]!.paragraphs);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('every quote whose message is there is traced to it, and spans cut the same words out of it', () => {
    fc.assert(
      fc.property(threads(MARKED), ([manners, holes]) => {
        const written = thread(manners, holes);
        for (const one of written) {
          const chain = chainOf(one);
          const ancestors = chain.filter((other) => other.present).map((other) => other.message);
          const sources = new Map(
            resolveQuotes(one.message, { ancestors, others: [], namesakes: [], chain: chain.map(asMember) }),
          );
          one.message.blocks.forEach((block, index) => {
            if (block.kind !== 'quote') return;
            const words = textAt(one.message.text, block.lines);
            const from = writers(words);
            if (from.length === 0) return;
            expect(from).toHaveLength(1);
            const origin = written[from[0]!]!;
            const source = sources.get(index);
            // So few words stand in many messages: alone they prove nothing.
            const few = words.trim().split(/\s+/u).length < 8;
            if (few && block.attributedBy === undefined) return;
            if (!origin.present) {
              // A trimmed quote may have lost the line that said whose words it holds.
              if (source === undefined && block.attributedBy === undefined) return;
              expect(source).toMatchObject({ kind: 'named', name: origin.message.from.name });
              if (source?.messageId != null) expect(source.messageId).toBe(origin.message.messageId);
              return;
            }
            expect(source).toMatchObject({ kind: 'message', messageId: origin.message.messageId });
            if (source?.kind !== 'message') return;
            const cut = textAt(origin.message.text, source.spans);
            expect(cut.split(/\s+/u)).toEqual(words.split(/\s+/u).filter((word) => word !== ''));
          });
        }
      }),
      { numRuns: 300 },
    );
  });
});
