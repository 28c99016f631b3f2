import { describe, expect, it } from 'vitest';
import type { Answer, Quote } from '../../answer/answer.js';
import { ask } from '../../answer/ask.js';
import { asksAgain, asksForReaction, fateAsked, meantInstead } from '../../answer/question/forms.js';
import { libraryOf, type TestMail } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

const mail = (id: string, from: string, minute: number, text: string, inReplyTo?: string): TestMail => ({
  id: `${id}@gannet.example.org`,
  from: `${from} <${from.split(' ')[0]!.toLowerCase()}@gannet.example.org>`,
  subject: `${inReplyTo === undefined ? '' : 'Re: '}rusty buckets below the lighthouse`,
  date: `Mon, 13 May 2024 08:${minute}:00 +0200`,
  ...(inReplyTo === undefined ? {} : { inReplyTo: `${inReplyTo}@gannet.example.org` }),
  text,
});

const buckets: readonly TestMail[] = [
  mail('asked', 'Ines Fulmar', 10, 'All zinc buckets below the lighthouse are rusty since the spring tide came in.\n'),
  mail(
    'salt',
    'Tor Gull',
    20,
    'Salt water eats the zinc of buckets within a month, so they rust right away.\n',
    'asked',
  ),
  mail(
    'storm',
    'Odd Tern',
    30,
    'I do not believe that salt does it, my zinc ones hang in the spray and shine like new.\n',
    'salt',
  ),
  mail('paint', 'Tor Gull', 40, 'Then your zinc was painted, which keeps the salt off for a month or more.\n', 'storm'),
];
const mails = [...patchThread, ...missingParent, ...buckets];
const rusty = 'why does salt water eat the zinc of buckets?';

/** Asks one question after the other, each with what the answer before handed on. */
async function conversation(...questions: string[]): Promise<Answer[]> {
  return conversationOf(1, questions);
}

async function conversationOf(limit: number, questions: readonly string[]): Promise<Answer[]> {
  const library = await libraryOf(mails);
  const answers: Answer[] = [];
  for (const question of questions) {
    const topic = answers.at(-1)?.topic;
    answers.push(await ask(library, { question, limit, ...(topic === undefined ? {} : { topic }) }));
  }
  return answers;
}

function quotesOf(answer: Answer | undefined): readonly Quote[] {
  return answer?.kind === 'found' ? answer.quotes : [];
}

async function after(first: string, question: string): Promise<readonly Quote[]> {
  return quotesOf((await conversation(first, question))[1]);
}

/** The same with room for a few quotes. */
async function amply(first: string, question: string): Promise<readonly Quote[]> {
  return quotesOf((await conversationOf(3, [first, question]))[1]);
}

describe('a follow-up without a subject of its own', () => {
  it('shows what was said to the first quote where it asks for that', async () => {
    const [first] = await after('salt water eats the zinc within a month', 'what was the reply?');
    expect(first?.messageId).toBe('storm@gannet.example.org');
  });

  it('shows other words than were shown', async () => {
    const [before, now] = await conversation(rusty, 'why?');
    const texts = quotesOf(before).map(({ text }) => text);
    expect(quotesOf(now)).not.toEqual([]);
    expect(quotesOf(now).filter(({ text }) => texts.includes(text))).toEqual([]);
  });

  it('is none that asks the same once more: that is answered as before', async () => {
    const [before, now] = await conversation(rusty, rusty);
    expect(quotesOf(now)[0]?.text).toBe(quotesOf(before)[0]?.text);
  });

  it('means by he or she who was quoted first', async () => {
    const [before, now] = await conversation('salt water eats the zinc within a month', 'and did he say more?');
    expect(quotesOf(before)[0]?.speaker).toBe('Tor Gull');
    expect(new Set(quotesOf(now).map(({ speaker }) => speaker))).toEqual(new Set(['Tor Gull']));
    expect(quotesOf(now)[0]?.messageId).toBe('paint@gannet.example.org');
  });

  it('means by he or she who was named last', async () => {
    const answers = await conversation(rusty, 'and what did Odd say to that?', 'why did he say that?');
    expect(new Set(quotesOf(answers[2]).map(({ speaker }) => speaker))).toEqual(new Set(['Odd Tern']));
  });

  it.each(['who said that?', 'when was that?', 'link?'])('shows the first quote once more: %s', async (question) => {
    const [before, now] = await conversation(rusty, question);
    expect(quotesOf(now).map(({ text }) => text)).toEqual(
      quotesOf(before)
        .slice(0, 1)
        .map(({ text }) => text),
    );
  });

  it.each([
    ['is there a newer version of that patch?', 'superseded', 'v1@gannet.example.org'],
    ['who acked it?', 'acked', 'ack@gannet.example.org'],
    ['who disagreed?', 'nacked', 'nak@gannet.example.org'],
  ])('shows a patch with what became of it, and who says so: %s', async (question, kind, messageId) => {
    const quotes = await amply('a query that costs one load: keep the count in the rock', question);
    expect(quotes[0]?.status.map((note) => note.kind)).toContain(kind);
    expect(quotes.map((quote) => quote.messageId)).toContain(messageId);
  });
});

describe('a conversation leaves its thread', () => {
  it.each(['no, I mean the puffins at the east cliff', 'what about the puffins at the east cliff?'])(
    'for another subject: %s',
    async (question) => {
      const [first] = await after(rusty, question);
      expect(first?.speaker).toBe('Olav Kittiwake');
    },
  );

  it('for the same question where the answer was not meant', async () => {
    const [before, now] = await conversation(rusty, 'no, not that one.');
    const shown = quotesOf(before).map(({ messageId }) => messageId);
    expect(quotesOf(now).filter(({ messageId }) => shown.includes(messageId))).toEqual([]);
  });
});

describe('what a follow-up asks for', () => {
  it.each([
    ['who said that?', true],
    ['link?', true],
    ['when was that?', true],
    ['what is the URL of this message?', false],
    ['when was it fixed?', false],
    ['why?', false],
  ])('%s asks who, when or where: %s', (text, expected) => {
    expect(asksAgain(text)).toBe(expected);
  });

  it.each([
    ['what was the reply?', true],
    ['did anyone answer?', true],
    ['who disagreed?', true],
    ['did he agree?', true],
    ['who replied about the paint?', false],
    ['why?', false],
  ])('%s asks for reactions: %s', (text, expected) => {
    expect(asksForReaction(text)).toBe(expected);
  });

  it.each([
    ['no, I mean the paint', 'the paint'],
    ['Sorry, I meant: the paint', 'the paint'],
    ['not that one. the paint', 'the paint'],
    ['I was asking about the paint', 'the paint'],
    ['no, wrong thread.', ''],
    ['no paint was left?', null],
    ['not that I know of, is there paint?', null],
  ])('%s → %s', (text, expected) => {
    expect(meantInstead(text)).toBe(expected);
  });

  it.each([
    ['was it merged?', 'applied'],
    ['any newer version?', 'superseded'],
    ['did anybody test it?', 'tested'],
  ])('%s asks whether it was %s', (text, kind) => {
    expect(fateAsked(text)).toContain(kind);
  });
});
