import { afterEach, describe, expect, it } from 'vitest';
import { ids } from '../discord/world.js';
import { answerTo, readable, textOf, until } from './run.js';
import { sharedStage } from './stage.js';

/** What nobody writes on purpose, and somebody will. */
const on = sharedStage();
afterEach(() => {
  expect(on.log()).not.toMatch(/"level":(?:50|60)/u);
});

const refused = /The archive does not answer this\./u;

describe('odd input', () => {
  it.each([
    [
      'the longest question',
      `Why is the journal not synced? ${'Why? '.repeat(1190)}`,
      /\*\*Why is the journal not synced\?/u,
    ],
    ['one long word', 'x'.repeat(6000), refused],
    ['right to left', 'لماذا لا تتم مزامنة السجل؟', /\u2068لماذا لا تتم مزامنة السجل؟\u2069[\s\S]*does not answer/u],
    ['the language of the index', 'NEAR(zzz qqq) AND "xxy* OR -', refused],
    ['one letter', 'a', refused],
  ])('/ask takes %s', async (_, question, words) => {
    expect(readable(await answerTo(on.discord.command('ask', { question })))).toMatch(words);
  });

  it('shows marks, mentions and links of a question as they were typed', async () => {
    const question = '@everyone **bold** `x` <@1000000000000000021> https://x.y/z ?';
    const answer = await answerTo(on.discord.command('ask', { question }));
    expect(readable(answer)).toContain(question);
    expect(textOf(answer)).toContain('\\@everyone');
  });

  it.each([
    '<>',
    '💥',
    'key:abc',
    'key:99999999',
    'https://lists.example.org/',
    'x'.repeat(6000),
    '../../etc/passwd',
    "'; DROP TABLE message;--",
    '*',
  ])('/cite knows no message %j', async (reference) => {
    expect((await answerTo(on.discord.command('cite', { reference }))).content).toMatch(
      /^The archive knows no message “/u,
    );
  });

  it.each(['', '"', 'NEAR(', '*', '💥', '\0', 'x'.repeat(6000), 'a b c d e f g h '.repeat(20)])(
    'completes %j with at most 25 choices, and without a failure',
    async (typed) => {
      for (const [name, option] of [
        ['cite', 'reference'],
        ['ask', 'author'],
        ['ask', 'list'],
      ] as const) {
        const completing = on.discord.type(name, { [option]: typed }, option);
        expect((await until(() => completing.choices)).length).toBeLessThanOrEqual(25);
      }
    },
  );

  it('answers a mention of 2,000 characters', async () => {
    const before = new Set(on.discord.messages.keys());
    on.discord.write(`<@${ids.bot}> ${'why '.repeat(494)}`);
    const answer = await until(() =>
      [...on.discord.messages.values()].find(({ id, author }) => !before.has(id) && author.id === ids.bot),
    );
    expect(readable(answer)).toMatch(refused);
  });

  it.each(['1:context:1:-1', '1:zz:1', '', '💥', 'x'.repeat(100)])(
    'says that it does not know the button %j',
    async (custom) => {
      const pressed = on.discord.pressId(on.discord.hold({ content: 'old', channel_id: ids.general }), custom);
      expect((await answerTo(pressed)).content).toMatch(/too old for me/u);
      expect(pressed.ephemeral).toBe(true);
    },
  );

  it('says that it does not know a command of another version', async () => {
    const asked = on.discord.command('nosuch');
    expect((await answerTo(asked)).content).toMatch(/I do not know this command.*deploy-commands/u);
    expect(asked.ephemeral).toBe(true);
  });

  it.each([
    ['', /holds no words/u],
    ['🙂', /has no words/u],
  ])('says that a message %j holds nothing to ask', async (content, words) => {
    expect((await answerTo(on.discord.menu('Ask the archive', content))).content).toMatch(words);
  });
});
