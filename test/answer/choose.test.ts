import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { chancesOf, CLUES, type Clues } from '../../answer/quote/clues.js';
import { apart, runsOf, wholeness } from '../../answer/quote/runs.js';
import { sentencesOf } from '../../answer/quote/sentences.js';
import { withCourtesies } from '../../answer/quote/sign-off.js';
import { libraryOf, type TestMail } from './memory-library.js';
import { linesOf } from './text-lines.js';

/** All runs of a text, those that read best by themselves first. */
function runs(text: string, longest = 500): string[] {
  const lines = linesOf(text);
  const sentences = sentencesOf(text, lines);
  return [...runsOf(text, lines, sentences, longest)]
    .sort((a, b) => wholeness(text, sentences, b) - wholeness(text, sentences, a))
    .map((run) => run.text);
}

describe('what may be quoted as one', () => {
  it('is as many sentences as a quote holds, over paragraphs too, and no greeting', () => {
    const found = runs('Hello all,\n\nThe rock is wet. The path is steep.\n\nTake a rope.\n\nThanks!');
    expect(found).toContain('The rock is wet. The path is steep.\n\nTake a rope.');
    expect(found.filter((text) => /Hello|Thanks/.test(text))).toEqual([]);
  });

  it('has no rule at its ends', () => {
    const found = runs('The path is steep, and the rock\n-----\nis wet.\n\n***\n\nTake a rope.\n');
    expect(found).toContain('The path is steep, and the rock');
    expect(found).toContain('is wet.\n\n***\n\nTake a rope.');
    expect(found.filter((text) => /^[-*]|[-*]$/.test(text))).toEqual([]);
  });

  it('is never longer', () => {
    expect(runs('The rock is wet. The path is steep.\n\nTake a rope.', 40)).not.toContain(
      'The rock is wet. The path is steep.\n\nTake a rope.',
    );
  });

  it.each<[string, string, string, string]>([
    [
      'a paragraph than a part of it',
      'The rock is wet. The path is steep.',
      'The rock is wet. The path is steep.',
      'The path is steep.',
    ],
    [
      'code with what announces it than code alone',
      'Run this at dawn:\n\n  $ feed --puffins east\n',
      'Run this at dawn:\n\n  $ feed --puffins east',
      '$ feed --puffins east',
    ],
    [
      'a listing than what is left behind a blank line of it',
      'if (wet) {\n\trope();\n\n\treturn (0);\n}\n',
      'if (wet) {\n\trope();\n\n\treturn (0);\n}',
      'return (0);\n}',
    ],
    [
      'what stands by itself than what goes on with what was said before',
      'The path is steep.\n\nThis is why we take a rope.',
      'The path is steep.\n\nThis is why we take a rope.',
      'This is why we take a rope.',
    ],
    [
      'a list than what is left of it',
      'There are two ways.\n\n- Climb the rock at dawn.\n\n- Go round it by boat.',
      'There are two ways.\n\n- Climb the rock at dawn.\n\n- Go round it by boat.',
      'There are two ways.\n\n- Climb the rock at dawn.',
    ],
  ])('is rather %s', (_what, text, whole, part) => {
    const found = runs(text);
    expect(found).toContain(whole);
    expect(found.indexOf(whole)).toBeLessThan(found.includes(part) ? found.indexOf(part) : found.length);
  });
});

describe('two quotes of one message', () => {
  const text = [
    'The rock is wet. The path is steep. Take a rope.',
    'Gulls nest there.',
    '- Climb at dawn.',
    '- Or go by boat.',
    'if (wet)\n\trope();',
    'return (0);',
  ].join('\n\n');
  const lines = linesOf(text);
  const sentences = sentencesOf(text, lines);
  const runOf = (words: string) => [...runsOf(text, lines, sentences, 500)].find((run) => run.text === words);

  it.each<[string, string, string, boolean]>([
    ['paragraphs beside each other', 'The path is steep. Take a rope.', 'Gulls nest there.', true],
    ['sentences of one paragraph', 'The rock is wet.', 'The path is steep. Take a rope.', false],
    ['a sentence of it left out', 'The rock is wet.', 'Take a rope.', false],
    ['the same words', 'Gulls nest there.', 'Take a rope.\n\nGulls nest there.', false],
    ['items of one list', 'Climb at dawn.', 'Or go by boat.', false],
    ['parts of one listing', 'if (wet)\n\trope();', 'return (0);', false],
    ['what stands far apart', 'The rock is wet.', 'return (0);', true],
  ])('are told by paragraphs: %s', (_what, one, other, expected) => {
    const [a, b] = [runOf(one), runOf(other)];
    if (a === undefined || b === undefined) throw new Error('the runs are not there');
    expect(apart(sentences, a, b, 500)).toBe(expected);
    expect(apart(sentences, b, a, 500)).toBe(expected);
  });

  it('may be of one paragraph where no quote holds it, and the one goes on where the other stops', () => {
    const [wet, steep, rope] = ['The rock is wet.', 'The path is steep. Take a rope.', 'Take a rope.'].map(runOf);
    if (wet === undefined || steep === undefined || rope === undefined) throw new Error('the runs are not there');
    expect(apart(sentences, wet, steep, 40)).toBe(true);
    expect(apart(sentences, wet, rope, 40)).toBe(false);
  });
});

describe('a signature', () => {
  const kept = (text: string): string[] =>
    withCourtesies(text, sentencesOf(text, linesOf(text)), 'Una Petrel')
      .filter(({ kind }) => kind !== 'courtesy')
      .map(({ start, end }) => text.slice(start, end))
      .filter((words) => /\p{L}/u.test(words));

  it.each<[string, string]>([
    ['the name', 'The rock is wet.\n\nUna\n'],
    ['a dash and the name', 'The rock is wet.\n\n- Una Petrel\n'],
    ['initials', 'The rock is wet.\n\nup\n'],
    ['a name that only friends use', 'The rock is wet.\n\nWinnie\n'],
    ['letters that only friends know', 'The rock is wet.\n\nbye,\n\n--pg\n'],
    ['the name right below what is said', 'The rock is wet.\n -Una\n'],
    ['an initial and the name', 'The rock is wet.\n\nU. Petrel\n'],
    ['one initial', 'The rock is wet.\n\n--u.\n'],
    ['the name with a rule and where they work', 'The rock is wet.\n\nUna Petrel\n---------\nRocks\nEast Cliff 12\n'],
    ['the name with an address behind it', 'The rock is wet.\n\nUna Petrel, East Cliff\nhttps://gannet.example.org\n'],
    ['a greeting of several', 'Hi Tor, Ines, all:\n\nThe rock is wet.\n\nUna\n'],
    ['a greeting and the name', 'Tor,\n\nThe rock is wet.\n\nRegards,\nUna\n'],
    [
      'the name with an address',
      'The rock is wet.\n\n-----------\nUna Petrel\nRock Institute, East Cliff\nPhone: 12 34\n',
    ],
  ])('is not quoted: %s', (_what, text) => {
    expect(kept(text)).toEqual(['The rock is wet.']);
  });

  it.each<[string, string]>([
    ['above the name', 'The rock is wet.\n\nHave fun,\nUna\n'],
    ['right below what is said', 'The rock is wet.\nJust my 2 cents,\nUna Petrel.\n'],
    ['with a line left free', 'The rock is wet.\n\nAll the best,\n\nUna\n'],
    ['on the line of the name', 'The rock is wet.\n\nHope this helps,  Una\n'],
    ['without a comma', 'The rock is wet.\n\nWith kind regards\nUna\n'],
    ['in any language', 'The rock is wet.\n\nPozdrawiam,\n-- Una\n'],
  ])('is not quoted with its closing %s', (_what, text) => {
    expect(kept(text)).toEqual(['The rock is wet.']);
  });

  it.each<[string, string, string[]]>([
    ['a line that goes on', 'The rock is wet\nas it was,\nUna\n', ['The rock is wet\nas it was,\nUna']],
    [
      'a line that says something',
      'Yes.\n\nThe rock is still wet here,\nUna\n',
      ['Yes.', 'The rock is still wet here,\nUna'],
    ],
    [
      'a list of names',
      'Two of us saw it:\n\nTor Skua,\nUna Petrel,\nInes Fulmar\n',
      ['Two of us saw it:', 'Tor Skua,\nUna Petrel,\nInes Fulmar'],
    ],
    [
      'a line above another’s name',
      'Ask\none of us.\n\nPreferably him,\nTor\n',
      ['Ask\none of us.', 'Preferably him,\nTor'],
    ],
    [
      'a line above the name that goes on',
      'Yes.\n\nLike me,\nUna. The rock is wet.\n',
      ['Yes.', 'Like me,\nUna.', 'The rock is wet.'],
    ],
    ['the end of a line', 'Joyeux No?l ? tous,\nUna\n', ['Joyeux No?l ?', 'tous,\nUna']],
    ['a command that was announced', 'Then type:\n\nreboot\n', ['Then type:', 'reboot']],
    ['code', 'Add this line:\n\n.bus_clk(bus_clk),\nUna\n', ['Add this line:', '.bus_clk(bus_clk),\nUna']],
    ['a line without a comma', 'Yes.\n\nFor all of this ask\nUna\n', ['Yes.', 'For all of this ask\nUna']],
    ['all that was said', 'Have fun,\nUna\n', ['Have fun,\nUna']],
  ])('is not %s', (_what, text, expected) => {
    expect(kept(text)).toEqual(expected);
  });

  it.each(['Una Petrel wrote this down.', 'Una Petrel, Tor Skua and Ines saw it.', 'This is how\nUna\nspells it.'])(
    'is not what somebody says of themselves: %s',
    (text) => {
      expect(kept(`${text}\n\nYes.\n`)).toEqual([text, 'Yes.']);
    },
  );
});

describe('the chances of sentences', () => {
  const none = Object.fromEntries(CLUES.map((name) => [name, 0])) as unknown as Clues;

  it('sum up to 1, and are greater where more speaks for a sentence', () => {
    const chances = chancesOf([none, { ...none, words: 1 }, { ...none, meaning: -1 }]);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1);
    expect(chances[1]).toBeGreaterThan(chances[0] ?? 1);
    expect(chances[2]).toBeLessThan(chances[0] ?? 0);
  });

  it('are none of no sentences', () => {
    expect(chancesOf([])).toEqual([]);
  });
});

it('a long message that answers in two places is quoted twice', async () => {
  const far = 'The hut was painted in spring, the door in summer, and nobody remembers why it is green.\n\n'.repeat(8);
  const mail = (id: string, text: string): TestMail => ({
    id: `${id}@gannet.example.org`,
    from: 'Una Petrel <una@gannet.example.org>',
    subject: 'Feeding the puffins',
    text,
  });
  const library = await libraryOf([
    mail(
      'long',
      `The puffins are fed at dawn, because the gulls sleep late.\n\n${far}When the puffins are fed in the rain, the fish is put below the ledge.\n`,
    ),
    mail('short', 'I asked the warden about the puffins, and he has not said anything so far.\n'),
  ]);
  const answer = await ask(library, { question: 'when and why are the puffins fed?' });
  const texts = answer.kind === 'found' ? answer.quotes.map(({ text }) => text) : [];
  expect(texts.some((text) => text.includes('because the gulls sleep late.'))).toBe(true);
  expect(texts.some((text) => text.includes('below the ledge.'))).toBe(true);
});
