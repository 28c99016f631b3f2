import { describe, expect, it, vi } from 'vitest';
import { ask } from '../../answer/ask.js';
import type { Answer } from '../../answer/answer.js';
import { leaningOf } from '../../answer/question/followup.js';
import { parseQuery } from '../../answer/question/query.js';
import { libraryOf, type TestMail } from './memory-library.js';
import { missingParent, patchThread } from './threads.js';

/** Another Tor than the one who writes most: he speaks in one thread only. */
const buckets: readonly TestMail[] = [
  {
    id: 'asked@gannet.example.org',
    from: 'Ines Fulmar <ines@gannet.example.org>',
    subject: 'rusty buckets below the lighthouse',
    date: 'Mon, 13 May 2024 08:00:00 +0200',
    text: 'All zinc buckets below the lighthouse are rusty since the spring tide came in.\n',
  },
  {
    id: 'answered@gannet.example.org',
    from: 'Tor Gull <tor.gull@gannet.example.org>',
    subject: 'Re: rusty buckets below the lighthouse',
    date: 'Mon, 13 May 2024 09:00:00 +0200',
    inReplyTo: 'asked@gannet.example.org',
    text: 'Salt water eats zinc within a month, so paint them before the next tide comes.\n',
  },
  {
    id: 'short@gannet.example.org',
    from: 'Odd Tern <odd@gannet.example.org>',
    subject: 'Re: rusty buckets below the lighthouse',
    date: 'Mon, 13 May 2024 10:00:00 +0200',
    inReplyTo: 'answered@gannet.example.org',
    text: 'Thanks.\n',
  },
];
const mails = [...patchThread, ...missingParent, ...buckets];
const afterQuestion = 'why are the zinc buckets below the lighthouse rusty?';

async function followUp(question: string, before = afterQuestion): Promise<Answer> {
  return ask(await libraryOf(mails), { question, afterQuestion: before });
}

function speakers(answer: Answer): string[] {
  return answer.kind === 'found' ? [...new Set(answer.quotes.map(({ speaker }) => speaker))] : [];
}

describe('a follow-up that asks for the words of somebody by first name', () => {
  it.each([
    ['and what did Tor say to that?', 'Tor Gull'],
    ['and Tor?', 'Tor Gull'],
    ['Did Tor answer that?', 'Tor Gull'],
    ['and what did Fulmar say about it?', 'Ines Fulmar'],
  ])('means the one of the thread at hand: %s', async (question, speaker) => {
    expect(speakers(await followUp(question))).toEqual([speaker]);
  });

  it('means those whose words are known from quotes alone, too', async () => {
    const answer = await followUp('and what did Olav say to that?', 'when are the puffins at the east cliff fed?');
    expect(answer).toMatchObject({
      kind: 'found',
      quotes: [{ speaker: 'Olav Kittiwake', quotedBy: { name: 'Tor Skua' } }],
    });
  });

  it('is not answered with the words of a namesake elsewhere: it says that nobody has the name there', async () => {
    const answer = await followUp('and what did Una say to that?');
    expect(answer).toMatchObject({
      kind: 'nothing-found',
      silence: { kind: 'not-in-thread', name: 'Una', subject: 'rusty buckets below the lighthouse' },
    });
    expect(answer.kind === 'nothing-found' && answer.nearest[0]?.subject).toBe('rusty buckets below the lighthouse');
  });

  it('has no thread at hand after a question without an answer', async () => {
    const answer = await followUp('and what did Una say to that?', 'wireless toaster firmware subscription price');
    expect(answer).not.toHaveProperty('silence');
  });

  it('says nothing of the sort of those who speak there without saying anything', async () => {
    const answer = await followUp('and what did Odd say to that?');
    expect(answer.kind).toBe('nothing-found');
    expect(answer).not.toHaveProperty('silence');
  });

  it('takes a word that nobody is called by for no name', async () => {
    expect(speakers(await followUp('and what does Rust do to that?'))).not.toEqual([]);
  });

  it('looks for a full name everywhere', async () => {
    expect(speakers(await followUp('and what did Una Petrel say about the nest count?'))).toContain('Una Petrel');
  });

  it('takes no first name for a namesake with another last name', async () => {
    expect(speakers(await followUp('and what did Tor Skua say to that?'))).not.toContain('Tor Gull');
  });

  it('that stands on its own is asked of the archive', async () => {
    const answer = await followUp('Did Una object that the cached nest count is stale when a chick leaves the ledge?');
    expect(speakers(answer)).toContain('Una Petrel');
  });
});

it('a follow-up that lists dozens of names asks for the words of few', async () => {
  const library = await libraryOf(mails);
  const { topic } = await ask(library, { question: afterQuestion });
  const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');
  const names = letters.slice(0, 15).flatMap((a) => letters.slice(0, 5).map((b) => `what did X${a}${b} say,`));
  const search = vi.spyOn(library, 'search');
  await ask(library, { question: `and ${names.join(' ')}`, topic: topic! });
  expect(search.mock.calls.length).toBeLessThan(20 * topic!.threads.length);
});

describe('whether a question leans on what was asked before', () => {
  it.each([
    ['why?', 'here'],
    ['and what did Tor say to that?', 'wide'],
    ['was the paint ever bought?', 'wide'],
    ['did anybody see it happen in the harbour?', 'wide'],
    ['who disagreed?', 'here'],
    ['link?', 'here'],
    // The thread at hand speaks of these, and of none of those.
    ['zinc paint', 'wide'],
    ['puffin wardens', 'alone'],
    ['and the puffin wardens?', 'alone'],
    ['Which buoys measure salinity below the eastern ledge in winter storms?', 'alone'],
    ['Which buoys measure salinity below the eastern ledge when they lie there in winter storms?', 'alone'],
  ])('%s → %s', async (question, leaning) => {
    const library = await libraryOf(mails);
    const { topic } = await ask(library, { question: afterQuestion });
    expect(topic?.threads[0]).toBe('asked@gannet.example.org');
    expect(await leaningOf(library, parseQuery(library, { question }), topic!)).toBe(leaning);
  });
});

describe('a conversation', () => {
  /** Asks one question after the other, each with what the answer before handed on, as a bot keeps it. */
  async function conversation(...questions: string[]): Promise<Answer[]> {
    const library = await libraryOf(mails);
    const answers: Answer[] = [];
    for (const question of questions) {
      const kept = JSON.parse(JSON.stringify(answers.at(-1) ?? null)) as Answer | null;
      answers.push(await ask(library, { question, ...(kept?.topic === undefined ? {} : { topic: kept.topic }) }));
    }
    return answers;
  }

  it('keeps to its thread, question after question', async () => {
    const answers = await conversation(
      afterQuestion,
      'and what did Tor say to that?',
      'and what did Fulmar say then?',
      'what happened to it?',
      'and Tor?',
    );
    expect(answers.map((answer) => speakers(answer)[0])).toEqual([
      expect.anything(),
      'Tor Gull',
      'Ines Fulmar',
      expect.anything(),
      'Tor Gull',
    ]);
  });

  it('is not broken off by a question after somebody who does not speak there', async () => {
    const answers = await conversation(afterQuestion, 'and what did Una say to that?', 'and what did Tor say to that?');
    expect(answers.map(({ kind }) => kind)).toEqual(['found', 'nothing-found', 'found']);
    expect(speakers(answers[2]!)).toEqual(['Tor Gull']);
  });

  it('has a thread at hand once an answer was found, though the first question had none', async () => {
    const answers = await conversation(
      'wireless toaster subscription',
      'and the zinc buckets below the lighthouse?',
      'and what did Tor say to that?',
    );
    expect(answers.map(({ kind }) => kind)).toEqual(['nothing-found', 'found', 'found']);
    expect(speakers(answers[2]!)).toEqual(['Tor Gull']);
  });

  it('has another thread at hand after a question that stands on its own', async () => {
    const answers = await conversation(
      afterQuestion,
      'and what did Tor say to that?',
      'Why are the puffins at the east cliff fed at dawn, before the gulls wake and steal from the buckets?',
      'and what did Tor say to that?',
    );
    expect(speakers(answers[3]!)).toEqual(['Tor Skua']);
  });

  it('comes to the same where the questions before are told', async () => {
    const questions = [afterQuestion, 'and what did Tor say to that?', 'and what did Fulmar say then?'];
    const answer = await ask(await libraryOf(mails), { question: 'and Tor?', afterQuestion: questions });
    const handedOn = (await conversation(...questions, 'and Tor?')).at(-1);
    expect(speakers(answer)).toEqual(['Tor Gull']);
    expect(handedOn).toEqual(answer);
  });

  it('finds its thread again where an earlier mail has become its root since', async () => {
    const [asked, ...replies] = buckets;
    const { topic } = await ask(await libraryOf(replies), { question: 'what eats zinc buckets before the next tide?' });
    expect(topic?.threads).toEqual(['asked@gannet.example.org']);
    const earlier = { ...asked!, inReplyTo: 'earlier@gannet.example.org' };
    const first = { ...asked!, id: 'earlier@gannet.example.org', date: 'Mon, 13 May 2024 07:00:00 +0200' };
    const answer = await ask(await libraryOf([first, earlier, ...replies]), {
      question: 'and what did Tor say to that?',
      ...(topic === undefined ? {} : { topic }),
    });
    expect(speakers(answer)).toEqual(['Tor Gull']);
  });
});
