import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { weaveThreads } from '../../ingest/weave.js';
import type { PassageDraft } from '../../index/passage.js';
import { MARKED, thread, threads, WORD, writers, type Written } from '../mail/written-threads.js';

function passagesOf(written: readonly Written[]): PassageDraft[] {
  const present = written.filter((one) => one.present).map(({ message }) => message);
  return weaveThreads(present, []).flatMap(({ members }) => members.flatMap(({ passages }) => passages));
}

/** The message that a passage's words were written in; fails where they come from several, or from none. */
function origin({ fields }: PassageDraft, written: readonly Written[]): Written {
  const from = writers(fields.own);
  expect([fields.own, ...from]).toHaveLength(2);
  return written[from[0]!]!;
}

describe('in any thread of replies, quotes, pastes and missing messages', () => {
  it('every passage is credited to the person who wrote its words', () => {
    fc.assert(
      fc.property(threads([...MARKED, 'pasted']), ([manners, holes]) => {
        const written = thread(manners, holes);
        for (const passage of passagesOf(written)) {
          const names = new Set(writers(passage.fields.own).map((number) => written[number]?.message.from.name));
          expect([passage.fields.own, ...names]).toEqual([passage.fields.own, passage.speaker.name]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("own passages hold the message's own words, all of them, and recovered ones those of missing messages alone", () => {
    fc.assert(
      fc.property(threads(MARKED), ([manners, holes]) => {
        const written = thread(manners, holes);
        const passages = passagesOf(written);
        for (const passage of passages) {
          const { message, present } = origin(passage, written);
          expect(passage.kind).toBe(present ? 'own' : 'recovered');
          expect([null, message.messageId]).toContain(passage.kind === 'own' ? message.messageId : passage.sourceId);
          if (passage.kind === 'own') expect(passage.messageId).toBe(message.messageId);
        }
        const own = passages.filter(({ kind }) => kind === 'own').map((passage) => passage.fields.own);
        const words = new Set(own.join('\n').match(WORD));
        const expected = written.reduce(
          (sum, { number, present }) => sum + (present ? 24 * manners[number]!.paragraphs : 0),
          0,
        );
        expect(words.size).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });
});
