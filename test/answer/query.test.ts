import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startOfDate } from '../../answer/question/dates.js';
import { followUp } from '../../answer/question/followup.js';
import { longestQuestion, parseQuery, QuestionError } from '../../answer/question/query.js';
import type { Topic } from '../../answer/question/topic.js';
import { idOf } from './memory-library.js';
import { processorTime } from '../processor-time.js';

const authors = ['Ines Fulmar', 'Tor Skua', 'Una van der Petrel', 'Wilson, Olav'];
const library = {
  authors: (prefix: string) => authors.filter((name) => name.toLowerCase().startsWith(prefix.toLowerCase())),
};
const utc = (day: string): number => Date.parse(`${day}T00:00:00Z`);

describe('a question', () => {
  it('may hold filters, which are taken out of its words', () => {
    const question = 'list:gannet-users why after:2023-02 is the rock before:2024-01-05 empty from:"Ines Fulmar"?';
    const { text, filter } = parseQuery(library, { question });
    expect(text).toBe('why is the rock empty ?');
    expect(filter).toEqual({
      lists: ['gannet-users'],
      after: utc('2023-02-01'),
      before: utc('2024-01-05'),
      author: 'Ines Fulmar',
    });
  });

  it('goes before the options around it', () => {
    const { filter } = parseQuery(library, { question: 'nests list:a after:2020', lists: ['b'], after: 1, before: 2 });
    expect(filter).toEqual({ lists: ['a'], after: utc('2020-01-01'), before: 2 });
  });

  it.each([
    ['what did Tor Skua say about the ledge?', 'Tor Skua'],
    ["Why is Ines Fulmar's patch wrong?", 'Ines Fulmar'],
    ['and what did Una say to that?', 'Una van der Petrel'],
    ['what did Una van der Petrel mean', 'Una van der Petrel'],
    ['Why Tor Skua disagrees', 'Tor Skua'],
    ['what did Nobody Known say?', null],
    ['which version broke Gannet Probes?', null],
  ])('names whom it asks about: %s', (question, author) => {
    expect(parseQuery(library, { question }).authorHint).toBe(author);
  });

  it.each(['', '   ', '???', '\u0000\u001b[', 'list:gannet-users after:2020'])(
    'without words is refused: %j',
    (question) => {
      expect(() => parseQuery(library, { question })).toThrow(QuestionError);
    },
  );

  it('with a date that is none is refused, saying how to write one', () => {
    expect(() => parseQuery(library, { question: 'nests after:yesterday' })).toThrow(
      /after:yesterday is no date.*2019-03-05/,
    );
  });

  it('that is a pasted file is cut, and control characters are no words', () => {
    const { text } = parseQuery(library, { question: `\u001b[31mnests ${'x'.repeat(100_000)}` });
    expect(text.length).toBeLessThanOrEqual(longestQuestion);
    expect(text).toMatch(/^\[31mnests x+$/);
  });

  it('never breaks the parser', () => {
    const piece = fc.oneof(
      fc.constantFrom('from:"', 'list:', 'after:2019', '"', ' ', 'Ines', 'Fulmar'),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((all) => all.join('')),
        (question) => {
          try {
            expect(parseQuery(library, { question }).text).toMatch(/\S/);
          } catch (error) {
            expect(error).toBeInstanceOf(QuestionError);
          }
        },
      ),
    );
  });

  it.each([['from:"'.repeat(20_000)], ['A'.repeat(50_000)], ['Ab '.repeat(20_000)], ['did '.repeat(20_000)]])(
    'is parsed at once: %#',
    (question) => {
      const spent = processorTime();
      parseQuery(library, { question });
      expect(spent()).toBeLessThan(500);
    },
  );

  it.each([
    [undefined, 5],
    [3, 3],
    [0, 1],
    [99, 10],
  ])('asks for 1 to 10 quotes, 5 unless told: %s', (limit, expected) => {
    expect(parseQuery(library, { question: 'nests', ...(limit === undefined ? {} : { limit }) }).limit).toBe(expected);
  });
});

describe('a follow-up', () => {
  const query = (question: string) => parseQuery(library, { question });
  const thread = idOf('v1@gannet.example.org');
  const topicOf = (question: string): Topic => {
    const { text, filter } = query(question);
    return { text, filter, threads: [thread], sure: 1 };
  };

  it('that leans on what was asked before takes its words and filters along', () => {
    const topic = topicOf('Why did Ines Fulmar cache the nest count? list:gannet-dev after:2023');
    const joined = followUp(query('and what did Tor say to that?'), topic, true);
    expect(joined).toMatchObject({ thread, filter: { ...topic.filter } });
    expect(joined.text).toContain('cache the nest count');
  });

  it('that names somebody is not held to whom the question before named', () => {
    const topic = topicOf('nest count from:"Ines Fulmar"');
    expect(followUp(query('and what did Tor say to that?'), topic, true).filter).toEqual({});
    expect(followUp(query('and why?'), topic, true).filter).toEqual({ author: 'Ines Fulmar' });
  });

  it('that stands on its own keeps its words', () => {
    const question = 'Which buoys measure salinity below the eastern ledge in winter storms?';
    expect(followUp(query(question), topicOf('nest count'), false).text).toBe(question);
  });

  it('that has dates of its own is not held to those of the question before', () => {
    const { filter } = followUp(query('and after:2024'), topicOf('nest count list:a before:2020'), true);
    expect(filter).toEqual({ lists: ['a'], after: utc('2024-01-01') });
  });
});

describe('a date', () => {
  it.each([
    ['2019', utc('2019-01-01')],
    ['2019-03', utc('2019-03-01')],
    ['2019-3-5', utc('2019-03-05')],
    ['2019-03-05T10:00:00Z', Date.parse('2019-03-05T10:00:00Z')],
    ['2019-02-30', null],
    ['2019-13', null],
    ['19', null],
    ['March', null],
  ])('%s', (text, expected) => {
    expect(startOfDate(text)).toBe(expected);
  });
});
