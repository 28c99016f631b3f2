import { describe, expect, it } from 'vitest';
import type { OptionValue } from '../discord/interactions.js';
import type { HeldInteraction } from '../discord/loopback.js';
import { ids } from '../discord/world.js';
import { answerTo, labels, readable, textOf, until } from './run.js';
import { archiveCopy, sharedStage } from './stage.js';

const copy = archiveCopy();
const on = sharedStage(copy);

const nack = 'CAF2m=vT0kRbarreto82@mail.example.org';

describe('/cite', () => {
  it('gives the citation of a Message-ID with the beginning of what was written', async () => {
    const cited = await answerTo(on.discord.command('cite', { reference: `<${nack}>` }));
    expect(readable(cited)).toContain(
      '**Ines Barreto** · Re: [PATCH 1/2] journal: sync when the power warning line goes low · gannet-dev, 2024-03-07',
    );
    expect(readable(cited)).toMatch(/\n> \S/u);
    expect(labels(cited)).toEqual(['Thread']);
  });

  it.each([
    [
      'text',
      /```\nInes Barreto, "Re: \[PATCH 1\/2\] journal: .*", gannet-dev, 2024-03-07\. Message-ID: <CAF2m=vT0kRbarreto82@mail\.example\.org>\n```/u,
    ],
    ['trailer', /```\nMessage-ID: <CAF2m=vT0kRbarreto82@mail\.example\.org>\n```/u],
    ['markdown', /```\nInes Barreto, "Re: \\\[PATCH 1\/2\\\]/u],
  ])('writes it as %s', async (format, pattern) => {
    const cited = await answerTo(on.discord.command('cite', { reference: nack, format }));
    expect(textOf(cited)).toMatch(pattern);
  });

  it('completes words of subject and author with short keys that lead to their messages', async () => {
    const typed = on.discord.type('cite', { reference: 'journal' }, 'reference');
    const choices = await until(() => typed.choices);
    expect(choices.length).toBeGreaterThan(0);
    for (const { name, value } of choices) {
      expect(name.length).toBeLessThanOrEqual(100);
      expect(value).toMatch(/^key:\d+$/u);
    }
    const cited = await answerTo(on.discord.command('cite', { reference: choices[0]?.value ?? '' }));
    expect(readable(cited).toLowerCase()).toContain('journal');
  });

  it('says who is named as the author of a message that is missing, and by what', async () => {
    const cited = await answerTo(on.discord.command('cite', { reference: '7f31@aalto-buoys.example.com' }));
    expect(readable(cited)).toMatch(
      /\*\*[^*]+\*\* · \(no subject\) · \d{4}-\d\d-\d\d · \*named in an attribution line\*/u,
    );
    expect(readable(cited)).toContain('the archive does not hold it');
  });

  it('says that the archive knows no such message', async () => {
    const cited = await answerTo(on.discord.command('cite', { reference: 'nobody@nowhere.example.net' }));
    expect(cited.content).toMatch(/knows no message/u);
  });
});

describe('/thread', () => {
  it('shows the replies around a message and points at it', async () => {
    const thread = await answerTo(on.discord.command('thread', { message: nack }));
    expect(readable(thread)).toMatch(/➤ \*\*Ines Barreto\*\* · 2024-03-07/u);
    expect(readable(thread)).toMatch(/\d+ messages/u);
  });

  it('marks messages that are not in the archive', async () => {
    const thread = await answerTo(on.discord.command('thread', { message: '41ab@novak.example.org' }));
    expect(readable(thread)).toMatch(/\*not in the archive\*/u);
    expect(readable(thread)).toMatch(
      /\*[^*]+\* · \d{4}-\d\d-\d\d · \*not in the archive\* · \*named in an attribution line\*/u,
    );
  });

  it('says so where there is none', async () => {
    const thread = await answerTo(on.discord.command('thread', { message: 'nobody@nowhere.example.net' }));
    expect(thread.content).toMatch(/knows no message/u);
  });
});

it('/archive shows lists, counts, days, last sync and model, and no path of the machine', async () => {
  const shown = readable(await answerTo(on.discord.command('archive')));
  expect(shown).toMatch(/\*\*30 messages\*\* in 11 threads; 3 more known from replies/u);
  expect(shown).toMatch(/- \*\*gannet-dev\*\*: 22 messages, 2024-03-04 to 2024-07-02/u);
  expect(shown).toMatch(/Last read <t:\d+:R>/u);
  expect(shown).toMatch(/Model: threadlore-static-256, 256 dimensions/u);
  expect(shown).not.toContain(copy);
});

/** A subcommand with its options. */
function set(
  subcommand: string,
  options: readonly OptionValue[] = [],
  by: typeof ids.owner | typeof ids.bert = ids.owner,
): HeldInteraction {
  return on.discord.command('settings', [{ name: subcommand, type: 1, options }], { by });
}

async function shownSettings(subcommand: string, options: readonly OptionValue[] = []): Promise<string> {
  const asked = set(subcommand, options);
  const answer = await answerTo(asked);
  expect(asked.ephemeral).toBe(true);
  return readable(answer);
}

describe('/settings', () => {
  const question = { question: 'Why is the journal not synced after every record?' };

  it('are for admins, whatever Discord lets people use', async () => {
    const asked = set('show', [], ids.bert);
    expect((await answerTo(asked)).content).toMatch(/may not do this: it needs the permission \*\*Manage Server\*\*/u);
    expect(asked.ephemeral).toBe(true);
  });

  it('limit the channels that may ask', async () => {
    expect(
      await shownSettings('channel', [
        { name: 'channel', type: 7, value: ids.silent },
        { name: 'allow', type: 5, value: true },
      ]),
    ).toContain(`<#${ids.silent}>`);
    const asked = on.discord.command('ask', question);
    expect((await answerTo(asked)).content).toMatch(
      new RegExp(`not answered in this channel\\. Ask in <#${ids.silent}>`, 'u'),
    );
    expect(asked.ephemeral).toBe(true);
    expect(readable(await answerTo(on.discord.command('ask', question, { in: ids.silent })))).toContain('the wear is');
    await shownSettings('channel', [
      { name: 'channel', type: 7, value: ids.silent },
      { name: 'allow', type: 5, value: false },
    ]);
  });

  it('choose the lists of the server and of a channel', async () => {
    expect(await shownSettings('lists', [{ name: 'lists', type: 3, value: 'Gannet-Users' }])).toContain(
      '**Lists:** gannet-users',
    );
    expect(readable(await answerTo(on.discord.command('ask', question)))).toContain('messages of gannet-users,');
    on.discord.clock.advance(10_000);
    await shownSettings('lists', [
      { name: 'lists', type: 3, value: 'gannet-dev' },
      { name: 'channel', type: 7, value: ids.general },
    ]);
    expect(readable(await answerTo(on.discord.command('ask', question)))).toContain('messages of gannet-dev,');
    const wrong = await answerTo(set('lists', [{ name: 'lists', type: 3, value: 'no-such-list' }]));
    expect(readable(wrong)).toContain('The archive has no list “no-such-list”');
    await shownSettings('reset');
  });

  it('make answers private, and the cooldown longer', async () => {
    expect(await shownSettings('answers', [{ name: 'private', type: 5, value: true }])).toContain('to the asker alone');
    await shownSettings('cooldown', [{ name: 'seconds', type: 4, value: 30 }]);
    const first = on.discord.command('ask', question, { by: ids.ada });
    await answerTo(first);
    expect(first.ephemeral).toBe(true);
    const second = on.discord.command('ask', question, { by: ids.ada });
    expect((await answerTo(second)).content).toMatch(/you can ask again <t:\d+:R>/u);
    expect(second.ephemeral).toBe(true);
    expect(second.kind).toBe(4);
    await shownSettings('reset');
  });

  it('let a role re-index and change settings', async () => {
    await shownSettings('admins', [{ name: 'role', type: 8, value: ids.archivists }]);
    const doing = { by: ids.bert, roles: [ids.archivists] } as const;
    const asked = on.discord.command('settings', [{ name: 'show', type: 1, options: [] }], doing);
    expect(readable(await answerTo(asked))).toContain('Settings of this server');
    await shownSettings('reset');
  });

  it('answer mentions in a thread of their own', async () => {
    await shownSettings('answers', [{ name: 'threads', type: 5, value: true }]);
    const asked = on.discord.write(`<@${ids.bot}> ${question.question}`);
    const answer = await until(() =>
      [...on.discord.messages.values()].find(({ channel_id }) => channel_id === asked.id),
    );
    expect(readable(answer)).toContain('the wear is');
    expect(on.discord.requests.find(({ path }) => path.endsWith('/threads'))?.body).toMatchObject({
      name: question.question,
    });
    await shownSettings('reset');
  });
});
