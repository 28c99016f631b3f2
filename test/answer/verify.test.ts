import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import type { Quote } from '../../answer/answer.js';
import { verifyQuote, type QuoteDraft, type Rejection } from '../../answer/quote/verify.js';
import type { LibraryMessage } from '../../index/library.js';
import { idOf, libraryOf, type MemoryLibrary } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

const question = 'Does a query of the nest count walk the whole ledge?';

async function draftAnd(library: MemoryLibrary, asked = question): Promise<{ quote: Quote; draft: QuoteDraft }> {
  const answer = await ask(library, { question: asked });
  if (answer.kind !== 'found' || answer.quotes[0] === undefined) throw new Error('nothing found');
  const [quote] = answer.quotes;
  const holderId = quote.quotedBy?.messageId ?? quote.messageId;
  if (holderId === null) throw new Error('a quote without a message');
  const voice =
    quote.quotedBy === null ? ({ kind: 'own' } as const) : ({ kind: 'recovered', speaker: quote.speaker } as const);
  return { quote, draft: { quote, holderId, voice } };
}

function damage(library: MemoryLibrary, id: string, change: (message: LibraryMessage) => LibraryMessage): void {
  const message = library.message(idOf(id));
  if (message !== null) library.messages.set(message.messageId, change(message));
}

describe('the gate', () => {
  it('lets through what stands in the message', async () => {
    const library = await libraryOf(patchThread);
    const { quote, draft } = await draftAnd(library);
    expect(verifyQuote(library, draft)).toEqual({ kind: 'verified', quote });
  });

  it('keeps back a state that no tracker tells, or that it no longer tells', async () => {
    const library = await libraryOf(patchThread);
    const tell = (state: string): void => {
      for (const id of library.messages.keys())
        library.states.set(id, [{ source: 'https://p.example.org/', state, since: null, permalink: null }]);
    };
    tell('accepted');
    const { quote, draft } = await draftAnd(library);
    expect(quote.status[0]).toMatchObject({ kind: 'tracked', text: 'accepted' });
    tell('rejected');
    const verdict = verifyQuote(library, draft);
    expect(verdict.kind === 'verified' && verdict.quote.status.map(({ kind }) => kind)).not.toContain('tracked');
    expect(verdict).toMatchObject({ quote: { status: quote.status.slice(1) } });
  });

  it('lets words through that somebody quotes of a message that is missing', async () => {
    const library = await libraryOf(missingParent);
    const { quote, draft } = await draftAnd(library, 'why are the puffins fed at dawn?');
    expect(quote).toMatchObject({ speaker: 'Olav Kittiwake', quotedBy: { name: 'Tor Skua' } });
    expect(verifyQuote(library, draft).kind).toBe('verified');
    const quotedBy = quote.quotedBy === null ? null : { ...quote.quotedBy, at: null };
    expect(verifyQuote(library, { ...draft, quote: { ...quote, quotedBy } })).toEqual({
      kind: 'rejected',
      reason: 'wrong-source',
    });
  });

  it.each<[string, Rejection, (draft: QuoteDraft) => QuoteDraft]>([
    [
      'another text',
      'text-differs',
      (draft) => ({ ...draft, quote: { ...draft.quote, text: `${draft.quote.text}!` } }),
    ],
    ['no text', 'text-differs', (draft) => ({ ...draft, quote: { ...draft.quote, text: '', spans: [] } })],
    ['another subject', 'wrong-source', (draft) => ({ ...draft, quote: { ...draft.quote, subject: 'eggs' } })],
    [
      'another date',
      'wrong-source',
      (draft) => ({ ...draft, quote: { ...draft.quote, saidAt: { instant: 0, offset: 120 } } }),
    ],
    ['no date', 'wrong-source', (draft) => ({ ...draft, quote: { ...draft.quote, saidAt: null } })],
    ['another speaker', 'wrong-speaker', (draft) => ({ ...draft, quote: { ...draft.quote, speaker: 'Tor Skua' } })],
    ['a message that is gone', 'message-gone', (draft) => ({ ...draft, holderId: idOf('gone@gannet.example.org') })],
    [
      'the id of another message',
      'wrong-speaker',
      (draft) => ({ ...draft, quote: { ...draft.quote, messageId: idOf('v2@gannet.example.org') } }),
    ],
  ])('stops %s', async (_what, reason, change) => {
    const library = await libraryOf(patchThread);
    const { draft } = await draftAnd(library);
    expect(verifyQuote(library, change(draft))).toEqual({ kind: 'rejected', reason });
  });

  it('stops words that a reply only quotes when they are put into its author’s mouth', async () => {
    const library = await libraryOf(patchThread);
    const { draft } = await draftAnd(library);
    const reply = library.message(idOf('ack@gannet.example.org'));
    const quoted = 'Keep the count in the rock';
    const start = reply?.text.indexOf(quoted) ?? -1;
    const quote = {
      ...draft.quote,
      text: quoted,
      spans: [{ start, end: start + quoted.length }],
      speaker: 'Tor Skua',
      messageId: idOf('ack@gannet.example.org'),
    };
    const verdict = verifyQuote(library, { quote, holderId: idOf('ack@gannet.example.org'), voice: { kind: 'own' } });
    expect(start).toBeGreaterThan(0);
    expect(verdict).toEqual({ kind: 'rejected', reason: 'not-the-speakers-words' });
  });

  it.each<[string, Rejection, (message: LibraryMessage) => LibraryMessage]>([
    [
      'a letter of the text has changed',
      'text-differs',
      (message) => ({ ...message, text: message.text.replace('whole', 'wh0le') }),
    ],
    ['the text has moved', 'text-differs', (message) => ({ ...message, text: ` ${message.text}` })],
    [
      'the lines are labelled as a quote',
      'not-the-speakers-words',
      (message) => ({
        ...message,
        blocks: message.blocks.map((block) => ({ ...block, kind: 'quote' as const, depth: 1 })),
      }),
    ],
    [
      'the author has changed',
      'wrong-speaker',
      (message) => ({ ...message, from: { name: 'Una Petrel', address: null, masked: null } }),
    ],
  ])('drops a quote, and tells, where the store is damaged: %s', async (_what, reason, change) => {
    const library = await libraryOf(patchThread);
    const { draft } = await draftAnd(library);
    damage(library, 'v1@gannet.example.org', change);
    damage(library, 'v2@gannet.example.org', change);
    expect(verifyQuote(library, draft)).toEqual({ kind: 'rejected', reason });
  });

  it('drops the quote while it asks, when the message changes between search and showing', async () => {
    const library = await libraryOf(patchThread.slice(0, 1));
    const intact = library.message.bind(library);
    let loads = 0;
    library.message = (id) => {
      const message = intact(id);
      loads += 1;
      return message !== null && loads > 1 ? { ...message, text: message.text.toUpperCase() } : message;
    };
    const rejected: Rejection[] = [];
    const answer = await ask(library, { question }, { onRejected: (_draft, reason) => rejected.push(reason) });
    expect(answer.kind).toBe('nothing-found');
    expect(rejected).toEqual(['text-differs']);
  });
});
