import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import type { Quote } from '../../answer/answer.js';
import { passageInContext } from '../../answer/passage-context.js';
import type { Block } from '../../mail/block.js';
import { idOf, libraryOf, type MemoryLibrary } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

const nak = idOf('nak@gannet.example.org');

async function quoteOf(library: MemoryLibrary, question: string, holder: string): Promise<Quote> {
  const answer = await ask(library, { question }, { everUnsure: true });
  const quotes = answer.kind === 'found' ? answer.quotes : [];
  const found = quotes.find(({ messageId, quotedBy }) => (quotedBy?.messageId ?? messageId) === holder);
  if (found === undefined) throw new Error('nothing found');
  return found;
}

function relabel(library: MemoryLibrary, change: (block: Block) => Block): void {
  const message = library.message(nak);
  if (message !== null) library.messages.set(nak, { ...message, blocks: message.blocks.map(change) });
}

describe('the context of a quote', () => {
  const question = 'Is the count stale when a chick leaves the ledge?';

  it('is the lines around it, and the message that it replies to', async () => {
    const library = await libraryOf(patchThread);
    const context = passageInContext(library, await quoteOf(library, question, nak));
    expect(context).toMatchObject({
      author: 'Una Petrel',
      words: {
        kind: 'whole',
        before:
          'On Mon, 6 May 2024 at 08:00, Ines Fulmar <ines@gannet.example.org> wrote:\n> Keep the count in the rock, so that a query costs one load.\n\n',
        passage: 'NAK: the count is stale as soon as a chick leaves the ledge.',
        after: '',
      },
      parent: { author: 'Ines Fulmar', words: { kind: 'whole' } },
    });
  });

  it('of words that survive as a quote keeps their markers', async () => {
    const library = await libraryOf(missingParent);
    const quote = await quoteOf(library, 'why are the puffins fed at dawn?', 'reply@gannet.example.org');
    expect(passageInContext(library, quote)).toMatchObject({
      author: 'Tor Skua',
      words: { kind: 'whole', passage: expect.stringMatching(/^> The puffins/u) as string },
      parent: { words: { kind: 'absent' } },
    });
  });

  it('finds words whose place in the text has changed', async () => {
    const library = await libraryOf(patchThread);
    const quote = await quoteOf(library, question, nak);
    const spans = quote.spans.map(({ start, end }) => ({ start: start - 3, end: end - 3 }));
    expect(passageInContext(library, { ...quote, spans })).toMatchObject({
      words: { passage: 'NAK: the count is stale as soon as a chick leaves the ledge.' },
    });
  });

  it('is none where the words are not labelled as the author’s any more', async () => {
    const library = await libraryOf(patchThread);
    const quote = await quoteOf(library, question, nak);
    relabel(library, (block) => (block.kind === 'prose' ? { ...block, kind: 'quote', depth: 1 } : block));
    expect(passageInContext(library, quote)).toBeNull();
  });

  it('is none for words that the author only quotes', async () => {
    const library = await libraryOf(patchThread);
    const quote = await quoteOf(library, question, nak);
    const text = 'Keep the count in the rock';
    expect(passageInContext(library, { ...quote, text })).toBeNull();
  });

  it('marks lines that repeat somebody else without a marker', async () => {
    const library = await libraryOf(patchThread);
    const quote = await quoteOf(library, question, nak);
    const isAttribution = ({ kind }: Block): boolean => kind === 'attribution';
    relabel(library, (block) => (isAttribution(block) ? { ...block, kind: 'quote', depth: 1 } : block));
    const words = passageInContext(library, quote)?.words;
    expect(words?.kind === 'whole' && words.before.split('\n').slice(0, 2)).toEqual([
      '> On Mon, 6 May 2024 at 08:00, Ines Fulmar <ines@gannet.example.org> wrote:',
      '> Keep the count in the rock, so that a query costs one load.',
    ]);
  });
});
