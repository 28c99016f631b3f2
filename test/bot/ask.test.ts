import { describe, expect, it } from 'vitest';
import { ids } from '../discord/world.js';
import type { HeldMessage } from '../discord/loopback.js';
import { answerTo, labels, readable, textOf, until } from './run.js';
import { sharedStage } from './stage.js';

const on = sharedStage();

const journal = 'Why is the journal not synced after every record?';

/** The next message that the bot writes into a channel. */
async function nextIn(channel: string, act: () => unknown): Promise<HeldMessage> {
  const before = new Set(on.discord.messages.keys());
  act();
  return until(() =>
    [...on.discord.messages.values()].find(
      (message) => !before.has(message.id) && message.channel_id === channel && message.author.id === ids.bot,
    ),
  );
}

describe('/ask', () => {
  it('answers in verbatim quotes that say who said it, when and where, numbered alike above and below', async () => {
    const asked = on.discord.command('ask', { question: journal });
    const answer = await answerTo(asked);
    expect(asked.kind).toBe(5);
    expect(asked.ephemeral).toBe(false);
    expect(readable(answer)).toContain('> I do not think we can. The time is not the problem, the wear is.');
    expect(textOf(answer)).toMatch(/`\d` \*\*Tomasz Feld\*\* · 2024-03-04 · gannet\\-dev/u);
    expect(answer.content).toMatch(/Searched 30 messages of gannet\\-dev, gannet\\-users, .* archive read <t:\d+:R>/u);
    const numbers = answer.embeds.map(({ description = '' }) => /^`(\d+)`/mu.exec(description)?.[1]);
    expect(numbers).toEqual(answer.embeds.map((_, place) => String(place + 1)));
    expect(labels(answer)).toEqual([...numbers.map((number) => `Context ${number}`), 'Thread', 'More', '👍', '👎']);
  });

  it('says what became of what was said, and shows no address of anybody', async () => {
    const answer = await answerTo(
      on.discord.command('ask', { question: 'Who polls the GPIO line of the supply supervisor?' }),
    );
    expect(readable(answer)).toMatch(
      /⛔ \*\*nacked\*\*: “Nacked-by: Ines Barreto <ines\.barreto@…>” — Ines Barreto · 2024-03-07/u,
    );
    expect(readable(answer)).toMatch(/superseded by a later version/u);
    expect(textOf(answer)).not.toMatch(/@\\?[a-z]+\\?\.example/u);
  });

  it('names who quotes words whose message is missing', async () => {
    const answer = await answerTo(
      on.discord.command('ask', { question: 'What keeps barnacles away from the pressure sensor?' }),
    );
    expect(readable(answer)).toMatch(/\*\*Aino Lehto\*\*[\s\S]*↩️ quoted by \S+/u);
  });

  it.each([
    'How do I bake sourdough bread in a wood oven?',
    'Which satellite modem does the project recommend for Antarctica?',
  ])('says that the archive does not answer “%s”, what was searched, and what is nearest', async (question) => {
    const answer = await answerTo(on.discord.command('ask', { question }));
    const text = readable(answer);
    expect(answer.embeds).toHaveLength(1);
    expect(answer.embeds[0]?.description).not.toContain('>');
    expect(text).toMatch(/Searched 30 messages of gannet-dev, gannet-users, 2023-10-10 to 2024-09-17 · archive read/u);
    expect(text).toContain('\nThe archive does not answer this.\nThe nearest threads:\n');
    expect(text).toMatch(/\n- \S.* · gannet-(?:dev|users) · last message 202[34]-\d\d-\d\d/u);
    expect(labels(answer)).toEqual(['👍', '👎']);
  });

  it('says what was searched for where a misspelt word was put right', async () => {
    const answer = await answerTo(on.discord.command('ask', { question: journal.replace('journal', 'jounral') }));
    expect(readable(answer)).toContain('jounral');
    expect(readable(answer)).toContain(`-# Searched for: ${journal}\n-# Searched 30 messages`);
  });

  it('keeps an answer to the asker where they ask for that, and shares it on demand', async () => {
    const asked = on.discord.command('ask', { question: journal, private: true });
    const answer = await answerTo(asked);
    expect(asked.ephemeral).toBe(true);
    const shared = on.discord.press(answer, 'Share');
    const open = await answerTo(shared);
    expect(shared.ephemeral).toBe(false);
    expect(open.embeds).toEqual(answer.embeds);
    expect(labels(open)).not.toContain('Share');
  });

  it('narrows by list, author and date', async () => {
    const options = {
      question: 'journal sync',
      list: 'gannet-dev',
      author: 'Tomasz Feld',
      after: '2024',
      before: '2025-01-01',
    };
    const answer = await answerTo(on.discord.command('ask', options));
    expect(readable(answer)).toContain('only what was said by Tomasz Feld, from 2024-01-01, before 2025-01-01');
    const speakers = answer.embeds.map(({ description = '' }) => /^`\d` \*\*([^*]+)\*\*/mu.exec(description)?.[1]);
    expect(new Set(speakers)).toEqual(new Set(['Tomasz Feld']));
  });

  it.each([
    [{ question: 'x', after: 'yesterday' }, /“yesterday” is no date/u],
    [{ question: '?!' }, /cannot read this question/u],
    [{ question: '🐳🐳🐳' }, /the question has no words/u],
    [{ question: 'x list:no-such' }, /the archive has no list no-such: it has gannet-dev, gannet-users/u],
    [{ question: 'x', author: 'Ines Bareto' }, /Nobody called Ines Bareto speaks in the archive; .* Ines Barreto/u],
    [{ question: 'x', list: 'no-such' }, /The archive has no list “no-such”: `\/archive` shows those that it has/u],
    [{ question: 'x', after: '2030', before: '2020' }, /Nothing is both after `after` and before `before`: swap them/u],
  ])('says what is wrong with %j', async (options, words) => {
    const asked = on.discord.command('ask', options);
    expect(readable(await answerTo(asked))).toMatch(words);
  });

  it('completes lists and authors', async () => {
    const lists = on.discord.type('ask', { question: 'x', list: 'USERS' }, 'list');
    expect(await until(() => lists.choices)).toEqual([{ name: 'gannet-users', value: 'gannet-users' }]);
    const authors = on.discord.type('ask', { question: 'x', author: 'bar' }, 'author');
    expect((await until(() => authors.choices)).map(({ value }) => value)).toContain('Ines Barreto');
  });

  it('answers in direct messages too', async () => {
    const answer = await answerTo(on.discord.command('ask', { question: journal }, { direct: true }));
    expect(answer.embeds.length).toBeGreaterThan(0);
  });
});

describe('buttons', () => {
  it('Context shows a quote in its message, with what it replies to', async () => {
    const answer = await answerTo(on.discord.command('ask', { question: journal }));
    const place = answer.embeds.findIndex(({ description }) => description?.includes('Tomasz Feld'));
    const pressed = on.discord.press(answer, `Context ${place + 1}`);
    const context = await answerTo(pressed);
    expect(pressed.ephemeral).toBe(true);
    expect(readable(context)).toMatch(/in reply to Maren Oduya, 2024-03-04\n> /u);
    expect(readable(context)).toContain('> I do not think we can.');
    const thread = await answerTo(on.discord.press(context, 'Thread'));
    expect(readable(thread)).toContain('➤ **Tomasz Feld** · 2024-03-04');
  });

  it('Thread shows the reply tree', async () => {
    const answer = await answerTo(on.discord.command('ask', { question: journal }));
    const thread = await answerTo(on.discord.press(answer, 'Thread'));
    expect(readable(thread)).toMatch(/\*\*Should the journal be synced after every record\?\*\*/u);
    expect(readable(thread)).toMatch(/\n┊ [▸➤] \*\*/u);
  });

  it('More shows further quotes, not those that were shown', async () => {
    const answer = await answerTo(on.discord.command('ask', { question: journal }));
    const pressed = on.discord.press(answer, 'More');
    const more = await answerTo(pressed);
    expect(pressed.ephemeral).toBe(true);
    const words = (message: HeldMessage): string[] =>
      message.embeds.map(({ description = '' }) => description.split('\n`')[0] ?? '');
    expect(words(more).filter((quote) => words(answer).includes(quote))).toEqual([]);
    expect(labels(more)).not.toContain('More');
  });

  it('stores one vote per person, the last one', async () => {
    const question = 'Under which licence are the calibration tables?';
    const answer = await answerTo(on.discord.command('ask', { question }));
    for (const [label, by] of [
      ['👍', ids.ada],
      ['👎', ids.bert],
      ['👍', ids.bert],
    ] as const) {
      const voted = on.discord.press(answer, label, { by });
      expect((await answerTo(voted)).content).toMatch(/Noted/u);
      expect(voted.ephemeral).toBe(true);
    }
    expect(on.running.bot.store.feedback(10)).toMatchObject([{ question, kind: 'found', up: 2, down: 0 }]);
  });

  it.each([
    '1:context:999999:0',
    '1:more:999999',
    '1:share:999999',
    '1:up:999999',
    '1:thread:999999:0',
    '0:context:1:0',
    'nonsense',
  ])('says so where what %s points to is gone', async (custom) => {
    const answer = await answerTo(on.discord.command('ask', { question: journal }));
    on.discord.clock.advance(10_000);
    const pressed = on.discord.pressId(answer, custom);
    expect((await answerTo(pressed)).content).toMatch(/forgotten|too old|do not know any more/u);
    expect(pressed.ephemeral).toBe(true);
  });
});

describe('mentions', () => {
  it('answers a mention as a reply', async () => {
    const answer = await nextIn(ids.general, () => on.discord.write(`<@${ids.bot}> ${journal}`));
    expect(readable(answer)).toContain('The time is not the problem, the wear is.');
    expect(answer['message_reference']).toBeDefined();
  });

  it('takes the question before as the context of a reply to an answer', async () => {
    const first = await nextIn(ids.general, () => on.discord.write(`<@${ids.bot}> ${journal}`));
    on.discord.clock.advance(10_000);
    const second = await nextIn(ids.general, () =>
      on.discord.write('and what did Ines say to that?', ids.bert, ids.general, first),
    );
    expect(readable(second)).toMatch(/\*\*Ines Barreto\*\*/u);
    expect(readable(second)).toContain('gannet');
    const shown = await until(() => on.running.bot.store.answerOfMessage(second.id));
    expect(shown.request.topic?.text).toBe(journal);
  });

  it('keeps to the thread at hand however long the conversation goes on', async () => {
    let last = await nextIn(ids.general, () => on.discord.write(`<@${ids.bot}> ${journal}`));
    for (const [question, speaker] of [
      ['and what did Ines say to that?', 'Ines Barreto'],
      ['and what did Zebedee say then?', null],
      ['and what did Tomasz say to that?', 'Tomasz Feld'],
      ['and Maren?', 'Maren Oduya'],
    ] as const) {
      on.discord.clock.advance(10_000);
      const before = last;
      last = await nextIn(ids.general, () => on.discord.write(question, ids.bert, ids.general, before));
      if (speaker !== null) expect(readable(last)).toMatch(new RegExp(`^\`1\` \\*\\*${speaker}\\*\\*`, 'mu'));
    }
  });

  it('takes the last question of a thread that it opened as the context', async () => {
    await nextIn(ids.thread, () => on.discord.write(`<@${ids.bot}> ${journal}`, ids.ada, ids.thread));
    on.discord.clock.advance(10_000);
    const second = await nextIn(ids.thread, () =>
      on.discord.write(`<@${ids.bot}> and what did Ines say to that?`, ids.ada, ids.thread),
    );
    const shown = await until(() => on.running.bot.store.answerOfMessage(second.id));
    expect(shown.request.topic?.text).toBe(journal);
  });

  it.each(['', '🤷', '?', 'thanks!', 'Hello', 'hi bot, how are you?', 'help me please'])(
    'says how to ask where a mention holds no question: “%s”',
    async (words) => {
      const answer = await nextIn(ids.general, () => on.discord.write(`<@${ids.bot}> ${words}`));
      expect(answer.content).toMatch(/^Ask me in the same message: .* or use `\/ask`\.$/u);
      expect(answer.embeds).toEqual([]);
    },
  );

  it('leaves alone what is not meant for it: other talk, everybody, itself', async () => {
    const before = on.discord.requests.length;
    on.discord.write('Has anybody seen my buoy?');
    on.discord.write(`<@${ids.bot}> answer yourself`, ids.bot);
    on.discord.write('@everyone come here');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(on.discord.requests.slice(before)).toEqual([]);
  });

  it('leaves alone replies to its answers that do not ping it: people talk about them, and it could not read a question', async () => {
    const first = await nextIn(ids.general, () => on.discord.write(`<@${ids.bot}> ${journal}`));
    on.discord.clock.advance(10_000);
    const before = on.discord.requests.length;
    on.discord.write('I was there, and that is how it was.', ids.bert, ids.general, first, false);
    // What comes after it is answered, so that it was seen too.
    await nextIn(ids.general, () => on.discord.write('and what did Ines say to that?', ids.ada, ids.general, first));
    const after = on.discord.requests
      .slice(before)
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/messages'));
    expect(after).toHaveLength(1);
  });

  it('answers direct messages without a mention', async () => {
    const answer = await nextIn(ids.direct, () => on.discord.write(journal, ids.bert, ids.direct));
    expect(readable(answer)).toContain('the wear is');
  });

  it('is asked about a message from its context menu, for the asker alone', async () => {
    const asked = on.discord.menu('Ask the archive', `**${journal}** <@${ids.ada}>`);
    const answer = await answerTo(asked);
    expect(asked.ephemeral).toBe(true);
    expect(readable(answer)).toContain('the wear is');
    expect(labels(answer)).toContain('Share');
  });
});
