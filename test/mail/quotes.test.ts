import { describe, expect, it } from 'vitest';
import { labelBlocks } from '../../mail/label.js';
import type { Message } from '../../mail/message.js';
import type { MessageId } from '../../mail/message-id.js';
import { resolveQuotes, type QuoteContext } from '../../mail/quotes.js';
import { textAt } from '../../mail/span.js';
import type { ThreadMember } from '../../mail/thread.js';

function message(id: string, name: string, text: string, instant = Date.UTC(2019, 2, 4, 10, 11)): Message {
  return {
    messageId: id as MessageId,
    inReplyTo: [],
    references: [],
    from: { name, address: `${name.split(' ')[0]!.toLowerCase()}@example.org`, masked: null },
    to: [],
    cc: [],
    date: { instant, offset: 0 },
    subject: 'valve',
    text,
    attachments: [],
    blocks: labelBlocks(text),
    origins: [],
    contentHash: id,
    robot: false,
  };
}

function member(id: string, author: string | null, present: boolean, instant: number | null = null): ThreadMember {
  const date = instant === null ? null : { instant, offset: 0 };
  return { messageId: id as MessageId, parentId: null, depth: 0, present, author, date, subject: null };
}

const first = message(
  '1@example.org',
  'Ada Berg',
  'The valve in the second chamber opens by itself\nwhen the pressure is too high for it.\n\nYes.\n',
);
const second = message(
  '2@example.org',
  'Bo Lind',
  'On Mon, 4 Mar 2019, Ada Berg wrote:\n> The valve in the second chamber opens by itself\n\nHave you looked whether its spring is the one that we ordered in May?\n',
);

const nothing: QuoteContext = { ancestors: [], others: [], namesakes: [], chain: [] };

describe('a quote', () => {
  it('is found in the message that it was taken from, rewrapped, trimmed and with a masked address', () => {
    const mailed = message(
      '0@example.org',
      'Ada Berg',
      'Write to ada@example.org about the valve in\nthe second chamber. It is broken again.\n',
    );
    const reply = message(
      '9@example.org',
      'Cy Dahl',
      '> Write to ada@...mple.org about the\n> valve in the second chamber. It is\n> broken\n\nNo.\n',
    );
    const [resolved] = resolveQuotes(reply, { ...nothing, ancestors: [mailed] });
    expect(resolved?.[1]).toMatchObject({ kind: 'message', messageId: '0@example.org' });
    const source = resolved![1];
    if (source.kind !== 'message') return;
    expect(textAt(mailed.text, source.spans)).toBe(
      'Write to ada@example.org about the valve in\nthe second chamber. It is broken',
    );
  });

  it('at depth 2 is the words of whom the quoted one quoted', () => {
    const text =
      'On Mon, 4 Mar 2019, Bo Lind wrote:\n> On Mon, 4 Mar 2019, Ada Berg wrote:\n> > The valve in the second chamber opens by itself\n> Have you looked whether its spring is the one that we ordered in May?\n\nI have.\n';
    const reply = message('3@example.org', 'Cy Dahl', text);
    const found = resolveQuotes(reply, { ...nothing, ancestors: [second, first] });
    expect(found.map(([index, source]) => [reply.blocks[index]?.depth, source.messageId])).toEqual([
      [2, '1@example.org'],
      [1, '2@example.org'],
    ]);
  });

  it('goes by its words where the attribution names somebody else', () => {
    const text =
      'On Mon, 4 Mar 2019, Bo Lind wrote:\n> when the pressure is too high for it\n> The valve in the second chamber opens by itself\n';
    const [resolved] = resolveQuotes(message('3@example.org', 'Cy Dahl', text), {
      ...nothing,
      ancestors: [second, first],
    });
    expect(resolved?.[1].messageId).toBe('1@example.org');
  });

  it('of one word is found only with the one whom the attribution names', () => {
    const text = (name: string) => `On Mon, 4 Mar 2019, ${name} wrote:\n> Yes.\n`;
    const of = (name: string) =>
      resolveQuotes(message('3@example.org', 'Cy Dahl', text(name)), {
        ...nothing,
        ancestors: [second, first],
      })[0]?.[1];
    expect(of('Ada Berg')).toMatchObject({ kind: 'message', messageId: '1@example.org' });
    expect(of('Dee Falk')).toEqual({
      kind: 'named',
      name: 'Dee Falk',
      date: { instant: Date.UTC(2019, 2, 4), offset: null },
      messageId: null,
    });
  });

  it('is looked for in the rest of the thread too', () => {
    const reply = message(
      '3@example.org',
      'Cy Dahl',
      '> Have you looked whether its spring is the one that we ordered\n',
    );
    const [resolved] = resolveQuotes(reply, { ...nothing, ancestors: [first], others: [second] });
    expect(resolved?.[1]).toMatchObject({ kind: 'message', messageId: '2@example.org' });
  });
});

describe('a quote from another thread with the same subject', () => {
  const quote = (text: string, by = '') => message('9@example.org', 'Cy Dahl', `${by}> ${text}\n\nMine.\n`);
  const long = 'The valve in the second chamber opens by itself';
  const sourceOf = (reply: Message) => resolveQuotes(reply, { ...nothing, namesakes: [first, second] })[0]?.[1];

  it('is found by its words', () => {
    expect(sourceOf(quote(long))).toMatchObject({ kind: 'message', messageId: '1@example.org' });
    expect(sourceOf(quote(long, 'Ada Berg wrote:\n'))).toMatchObject({ kind: 'message', messageId: '1@example.org' });
  });

  it('belongs to whom the attribution names, if that is somebody else, but for a long text that is the same', () => {
    expect(sourceOf(quote(long, 'Dee Falk wrote:\n'))).toMatchObject({ kind: 'named', name: 'Dee Falk' });
    const longer = second.text.split('\n')[3] ?? '';
    const same = `${longer} I sent it last week.`;
    const namesake = message('3@example.org', 'Bo Lind', `${same} It fits.\n`);
    const reply = quote(`${same} It`, 'Dee Falk wrote:\n');
    expect(resolveQuotes(reply, { ...nothing, namesakes: [namesake] })[0]?.[1].messageId).toBe('3@example.org');
  });

  it('of few words is found only with the one whom the attribution names', () => {
    expect(sourceOf(quote('opens by itself when the pressure'))).toBeUndefined();
    expect(sourceOf(quote('opens by itself when the pressure', 'Ada Berg wrote:\n'))).toMatchObject({
      kind: 'message',
      messageId: '1@example.org',
    });
  });
});

describe('a quote from a missing message', () => {
  const quote = '> words that stand in no message that is here, not one\n\nMine.\n';
  const at = Date.UTC(2019, 2, 4, 20, 17);
  const source = (text: string, chain: ThreadMember[]) =>
    resolveQuotes(message('9@example.org', 'Cy Dahl', text), { ...nothing, chain })[0]?.[1];

  it.each<[string, string, ThreadMember[], unknown]>([
    [
      'is its parent, known by In-Reply-To alone',
      `On Mon, 4 Mar 2019, Ada Berg wrote:\n${quote}`,
      [member('g@example.org', null, false)],
      { name: 'Ada Berg', messageId: 'g@example.org' },
    ],
    [
      'is its parent, without an attribution',
      quote,
      [member('g@example.org', 'Ada Berg', false, at)],
      { name: 'Ada Berg', messageId: 'g@example.org', date: { instant: at, offset: 0 } },
    ],
    [
      'is not a parent by somebody else',
      `On Mon, 4 Mar 2019, Ada Berg wrote:\n${quote}`,
      [member('g@example.org', 'Bo Lind', false)],
      { name: 'Ada Berg', messageId: null },
    ],
    [
      'is the one of that author and minute, whatever the zone',
      `On Tue, Mar 5, 2019 at 1:16 AM Ada Berg wrote:\n${quote}`,
      [
        member('p@example.org', 'Bo Lind', true),
        member('q@example.org', 'Ada Berg', false, at - 90_000_000),
        member('g@example.org', 'Ada Berg', false, at),
      ],
      { name: 'Ada Berg', messageId: 'g@example.org' },
    ],
    [
      'has no id where the thread does not tell',
      `On Mon, 4 Mar 2019, Ada Berg wrote:\n${quote}`,
      [],
      { name: 'Ada Berg', messageId: null },
    ],
  ])('%s', (_, text, chain, expected) =>
    expect(source(text, chain)).toMatchObject({ kind: 'named', ...(expected as object) }),
  );

  it('at depth 2 is the grandparent where every level agrees with the thread', () => {
    const text =
      'On Mon, 4 Mar 2019, Bo Lind wrote:\n> On Mon, 4 Mar 2019, Ada Berg wrote:\n> > words that stand in no message that is here, not one\n\nMine.\n';
    expect(
      source(text, [member('p@example.org', 'Bo Lind', true), member('g@example.org', null, false)]),
    ).toMatchObject({ name: 'Ada Berg', messageId: 'g@example.org' });
    expect(
      source(text, [member('p@example.org', 'Dee Falk', true), member('g@example.org', null, false)]),
    ).toMatchObject({ name: 'Ada Berg', messageId: null });
  });

  it('without an attribution is whose it is where an ancestor quotes it too', () => {
    const ancestor = message('2@example.org', 'Bo Lind', `On Mon, 4 Mar 2019, Ada Berg wrote:\n${quote}`);
    const reply = message(
      '3@example.org',
      'Cy Dahl',
      '[..]\n> > words that stand in no message that is here, not one\n\nMine.\n',
    );
    const found = resolveQuotes(reply, { ...nothing, ancestors: [ancestor] });
    expect(found[0]?.[1]).toMatchObject({ kind: 'named', name: 'Ada Berg' });
  });

  it.each<[string, string]>([
    [
      'no more than a greeting stands above unmarked words',
      'Hi Ada,\n\nOn Mon, 4 Mar 2019, Ada Berg wrote:\nIt is not the valve that sticks but its spring.\n\n> > the valve sticks\n',
    ],
    [
      'the sender signs them',
      'See below.\n\nOn Mon, 4 Mar 2019, Ada Berg wrote:\nIt is not the valve that sticks but its spring.\n\nThanks,\nCy\n\n> > the valve sticks\n',
    ],
    [
      'a program prints what was asked of it',
      'On Mon, 4 Mar 2019, Ada Berg wrote:\n> opened <- valves(3)\n> pressure(opened)\n[1] 0.4 0.2 0.7\n\nMine.\n',
    ],
    [
      'a program prints it, in words that are quoted',
      'On Mon, 4 Mar 2019, Ada Berg wrote:\n> > opened <- valves(3)\n> > pressure(opened)\n> [1] 0.4 0.2 0.7\n\nMine.\n',
    ],
  ])('says nothing where %s', (_, text) => {
    const reply = message('3@example.org', 'Cy Dahl', text);
    const found = resolveQuotes(reply, { ...nothing, chain: [member('g@example.org', null, false)] });
    const named = found.filter(([index]) => /valve that|opened/u.test(textAt(text, reply.blocks[index]!.lines)));
    expect(named).toEqual([]);
  });

  it('is named where the person it names signs it, and the sender writes above it', () => {
    const text =
      'Of course.\n\nOn Mon, 4 Mar 2019, Ada Berg wrote:\nIt is not the valve that sticks but its spring.\n\nThanks,\nAda\n';
    expect(source(text, [member('g@example.org', null, false)])).toMatchObject({ kind: 'named', name: 'Ada Berg' });
  });

  it('says nothing where nothing is known', () =>
    expect(source(quote, [member('p@example.org', null, false)])).toBeUndefined());
});
