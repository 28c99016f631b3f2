import { expect, it } from 'vitest';
import { askedOf } from '../../answer/asked.js';
import { quotesOf } from '../../answer/quote/shown.js';
import { choicesOf } from '../../answer/rank.js';
import { parseQuery } from '../../answer/question/query.js';
import { openWordVectors } from '../../index/word-vectors.js';
import { libraryOf } from './memory-library.js';

const question = 'How deep is the salinity buoy?';
/** Longer than any quote, so that what stands around it is quoted apart from it. */
const between = 'Nobody was at the hut that week, and the kettle was cold.\n\n'.repeat(12);
const mails = [
  {
    id: 'two-places@example.org',
    from: 'Una Reed <una@example.org>',
    subject: 'The salinity buoy',
    text: `The salinity buoy is four metres deep at the eastern ledge.\n\n${between}The salinity buoy is nine metres deep at the western ledge.\n`,
  },
  {
    id: 'one-place@example.org',
    from: 'Bo Marsh <bo@example.org>',
    subject: 'The salinity buoy',
    text: 'The salinity buoy is six metres deep, as far as I could see from the boat.\n',
  },
];

/** Who is quoted where two quotes are shown, the ranking giving its first message so much more than its second. */
async function speakersWith(lead: number): Promise<string[]> {
  const library = await libraryOf(mails);
  const query = parseQuery(library, { question });
  const found = await library.search({ question, filter: {}, limit: 30 });
  const hits = mails.flatMap(({ id }, place) =>
    found
      .filter(({ passage }) => passage.messageId === id)
      .slice(0, 1)
      .map((hit) => ({ ...hit, score: -lead * place })),
  );
  const asked = askedOf(question, hits, null, await openWordVectors());
  return quotesOf(library, choicesOf(library, asked, hits, query), 2).map(({ speaker }) => speaker);
}

it('shows what a second message says where the ranking can hardly tell it from the first', async () => {
  expect(await speakersWith(0.1)).toEqual(['Una Reed', 'Bo Marsh']);
});

it('shows more of the first message where it stands out', async () => {
  expect(await speakersWith(3)).toEqual(['Una Reed', 'Una Reed']);
});
