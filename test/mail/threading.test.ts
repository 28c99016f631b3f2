import { describe, expect, it } from 'vitest';
import { buildThreads } from '../../mail/threading.js';
import { at, drawn, id, line, minted, node, thread } from './thread-sketches.js';

describe('threads from headers', () => {
  it('puts replies below what they answer, siblings by date', () => {
    expect(
      thread(
        { name: 'late', sent: 9, answers: ['root'] },
        { name: 'early', sent: 3, answers: ['root'] },
        { name: 'deep', sent: 10, answers: ['early'], references: ['root', 'early'] },
        { name: 'root', sent: 0 },
      ),
    ).toEqual(['root', '  early', '    deep', '  late']);
  });

  it('makes ghosts of a chain of references that never arrived', () => {
    expect(thread({ name: 'reply', sent: 5, answers: ['c'], references: ['a', 'b', 'c'] })).toEqual([
      '[a]',
      '  [b]',
      '    [c]',
      '      reply',
    ]);
  });

  it('believes most headers where they disagree about a ghost', () => {
    const drawnThread = thread(
      { name: 'x', sent: 1, references: ['a', 'b', 'g'] },
      { name: 'y', sent: 2, references: ['a', 'b', 'g'] },
      { name: 'z', sent: 3, references: ['a', 'g'] },
    );
    expect(drawnThread).toEqual(['[a]', '  [b]', '    [g]', '      x', '      y', '      z']);
  });

  it.each([
    ['In-Reply-To before the last reference', { answers: ['b'], references: ['a'] }, '    reply'],
    ['the last reference where In-Reply-To is not known', { answers: ['unseen'], references: ['a', 'b'] }, '    reply'],
    ['the known one of several In-Reply-To', { answers: ['neil', 'b'] }, '    reply'],
    ['itself never', { answers: ['reply'], references: ['a', 'b', 'reply'] }, '    reply'],
  ])('takes %s', (_case, header, placed) => {
    expect(
      thread({ name: 'a' }, { name: 'b', sent: 1, answers: ['a'] }, { name: 'reply', sent: 2, ...header }),
    ).toEqual(['a', '  b', placed]);
  });

  it('does not take references for a conversation that stand behind the answered message', () => {
    const late = { name: 'late', sent: 9, answers: ['b'], references: ['b', 'a', 'x'] };
    expect(thread({ name: 'a' }, { name: 'b', sent: 1, answers: ['a'] }, late)).toEqual(['a', '  b', '    late']);
    expect(
      thread({ name: 'a', sent: 5 }, { name: 'b', sent: 9 }, { name: 'c', sent: 10, references: ['b', 'a', 'g'] }),
    ).toEqual(['a', '  [g]', '    c', 'b']);
  });

  it('leaves out ghosts that nothing stands below', () => {
    expect(thread({ name: 'a' }, { name: 'reply', sent: 2, answers: ['a'], references: ['stray', 'other'] })).toEqual([
      'a',
      '  reply',
    ]);
  });

  it('cuts a cycle at its oldest message', () => {
    const cycle = thread(
      { name: 'b', sent: 2, answers: ['c'] },
      { name: 'c', sent: 3, answers: ['a'] },
      { name: 'a', sent: 1, answers: ['b'] },
    );
    expect(cycle).toEqual(['a', '  c', '    b']);
  });

  it('places messages without a date behind dated siblings', () => {
    expect(
      thread({ name: 'root' }, { name: 'x', sent: null, answers: ['root'] }, { name: 'y', sent: 5, answers: ['root'] }),
    ).toEqual(['root', '  y', '  x']);
  });
});

describe('threads where headers say nothing', () => {
  it('joins a reply to the nearest earlier message with its subject', () => {
    expect(
      thread({ name: 'a', sent: 0 }, { name: 'b', sent: 10 }, { name: 'reply', sent: 20, subject: 'Re: kettles' }),
    ).toEqual(['a', 'b', '  reply']);
  });

  it('prefers the person that the reply is addressed to', () => {
    const sketches = [
      { name: 'a', sent: 0, from: 'Bo <bo@example.org>' },
      { name: 'b', sent: 10 },
      { name: 'reply', sent: 20, subject: 'AW: [pots] Kettles', to: 'bo@example.org' },
    ];
    expect(thread(...sketches)).toEqual(['a', '  reply', 'b']);
  });

  it('joins a message that quotes to the nearest earlier one of somebody else with its subject', () => {
    const sketches = [
      { name: 'a', from: 'Bo <bo@example.org>' },
      { name: 'b', sent: 10 },
      { name: 'quoting', sent: 20, text: 'Bo writes:\n> Is it hot?\nYes.\n' },
    ];
    expect(thread(...sketches)).toEqual(['a', '  quoting', 'b']);
  });

  it.each([
    ['a message that does not say it is a reply', { subject: 'Kettles', sent: 20 }],
    ['a message that quotes under another subject', { subject: 'Pots', sent: 20, text: '> hot\n' }],
    ['a message that its author sends again', { sent: 20, text: '>> error: no such lid\n' }],
    ['a message with a ruler in it', { from: 'Bo <bo@example.org>', sent: 20, text: '>>>>>\nNew here.\n' }],
    ['a reply after more than 60 days', { subject: 'Re: Kettles', sent: 61 * 24 * 60 }],
    ['a reply that came before', { subject: 'Re: Kettles', sent: -5 }],
    ['a reply without a date', { subject: 'Re: Kettles', sent: null }],
    ['a reply that answers something else', { subject: 'Re: Kettles', sent: 20, answers: ['elsewhere'] }],
  ])('does not join %s', (_case, sketch) => {
    expect(buildThreads([node({ name: 'a' }), node({ name: 'other', ...sketch })], [])).toHaveLength(2);
  });

  it('puts loose patches below the cover letter of their series', () => {
    const series = [
      { name: 'cover', subject: '[PATCH v4 0/2] boil faster', sent: 0 },
      { name: 'one', subject: '[PATCH v4 1/2] whistle', sent: 1 },
      { name: 'two', subject: '[v4,2/2] lid', sent: 2 },
      { name: 'older', subject: '[PATCH v3 1/2] whistle', sent: 1 },
      { name: 'stranger', subject: '[PATCH v4 1/2] spout', sent: 1, from: 'Bo <bo@example.org>' },
    ];
    expect(thread(...series)).toEqual(['cover', '  one', '  two', 'older', 'stranger']);
  });
});

describe('threads with sightings', () => {
  it('gives ghosts their author, date, subject and place', () => {
    const threads = buildThreads(
      [node({ name: 'reply', sent: 9, answers: ['b'] })],
      [line(id('a'), null, 0, 'Cleo', 'Kettles'), line(id('b'), id('a'), 5, 'Bo')],
    );
    expect(drawn(threads)).toEqual(['[a]', '  [b]', '    reply']);
    expect(threads[0]?.members[1]).toMatchObject({ author: 'Bo', date: at(5), subject: 'Re: Kettles', present: false });
  });

  it('knows a message again by author, minute and subject', () => {
    const messages = [node({ name: 'a' }), node({ name: 'b', sent: 5.5, subject: 'Re: Kettles' })];
    const threads = buildThreads(messages, [
      line(minted('1'), null, 0, 'Ann Lee', 'Kettles'),
      line(minted('2'), minted('1'), 5),
    ]);
    expect(drawn(threads)).toEqual(['a', '  b']);
  });

  it('learns the id of a line from the message below it', () => {
    const lines = [
      line(minted('1'), null, 0, 'Bo', 'Kettles'),
      line(minted('2'), minted('1'), 5, 'Cleo'),
      line(minted('3'), minted('2'), 9),
    ];
    const reply = node({ name: 'reply', sent: 9, subject: 'Re: Kettles', references: ['root', 'middle'] });
    const threads = buildThreads([reply], lines);
    expect(drawn(threads)).toEqual(['[root]', '  [middle]', '    reply']);
    expect(threads[0]?.members.map(({ author }) => author)).toEqual(['Bo', 'Cleo', 'Ann Lee']);
  });

  it('keeps two messages of one minute apart', () => {
    const twins = [
      node({ name: 'x', sent: 5, subject: 'Re: Kettles' }),
      node({ name: 'y', sent: 5, subject: 'Re: Kettles' }),
    ];
    const lines = [line(minted('1'), id('root'), 5), line(minted('2'), id('root'), 5)];
    expect(drawn(buildThreads(twins, lines))).toEqual(['[root]', '  x', '  y']);
  });
});
