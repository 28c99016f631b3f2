import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isConflict, mergeMessages, sameMessage } from '../../ingest/merge.js';
import { similarity } from '../../ingest/similarity.js';
import { contentHash } from '../../mail/content-hash.js';
import { parseMailDate } from '../../mail/date.js';
import { parseMailbox, parseMailboxes } from '../../mail/mailbox.js';
import { mintMessageId, type MessageId } from '../../mail/message-id.js';
import type { Message } from '../../mail/message.js';
import { processorTime } from '../processor-time.js';

const BODY = `The whistle goes off before the water boils, so people take the kettle
away too early. I measured it in three kitchens last week, with two kinds of lids.

Please write to ann@example.org if you want the numbers, or read them below.
`;

interface Sketch {
  readonly id?: string;
  readonly from?: string;
  readonly to?: string;
  readonly date?: string;
  readonly subject?: string;
  readonly text?: string;
  readonly source?: string;
  readonly references?: readonly string[];
}

function message(sketch: Sketch): Message {
  const { from = 'Ann Lee <ann@example.org>', date = 'Tue, 5 Jun 2018 20:08:32 -0400' } = sketch;
  const content = {
    from: parseMailbox(from),
    date: parseMailDate(date),
    subject: sketch.subject ?? 'Re: kettles',
    text: sketch.text ?? BODY,
  };
  const hash = contentHash(content);
  const source = sketch.source ?? 'mbox';
  return {
    ...content,
    messageId: sketch.id === undefined ? mintMessageId(hash) : (sketch.id as MessageId),
    inReplyTo: [],
    references: (sketch.references ?? []) as MessageId[],
    to: parseMailboxes(sketch.to ?? ''),
    cc: [],
    attachments: [],
    contentHash: hash,
    robot: false,
    origins: [{ source, list: 'pots', locator: '0', permalink: `https://${source}.example.org/1` }],
    blocks: [{ kind: 'prose', depth: 0, span: { start: 0, end: content.text.length }, lines: [] }],
  };
}

const real = message({ id: 'k1@example.org' });

describe('copies without a shared Message-ID', () => {
  it.each<[string, Sketch]>([
    [
      'a masked author and body',
      { from: 'Ann Lee <ann@...mple.org>', text: BODY.replace('ann@example.org', 'ann@...mple.org') },
    ],
    ['no address at all', { from: 'Ann Lee' }],
    ['the name turned round', { from: '"Lee, Ann"' }],
    ['only an address that fits', { from: 'ann@...mple.org' }],
    ['a minute less', { date: '2018-06-06 00:08 +0000' }],
    ['no zone', { date: '2018-06-05 20:08:32' }],
    ['standard time in summer, as hypermail writes', { date: 'Tue Jun 05 2018 - 20:08:32 EST' }],
    ['a list footer', { text: `${BODY}\n_____\npots mailing list\npots@lists.example.net\n` }],
    ['lines wrapped elsewhere', { text: BODY.replace(/\s+/g, ' ') }],
    ['its end cut off', { text: BODY.slice(0, 130) }],
    ['a list tag in the subject', { subject: '[pots] Re: kettles' }],
  ])('are one message in spite of %s', (_damage, sketch) => {
    expect(sameMessage(real, message(sketch))).toBe(true);
    expect(sameMessage(message(sketch), real)).toBe(true);
  });

  it.each<[string, Sketch]>([
    ['another author', { from: 'Bo Berg <bo@example.org>' }],
    ['another address behind the mask', { from: 'ann@...mple.net' }],
    ['another minute', { date: 'Tue, 5 Jun 2018 20:11:32 -0400' }],
    ['another day and no zone', { date: '2018-06-07 20:08:32' }],
    ['another subject', { subject: 'Re: lids' }],
    ['another patch of the series', { subject: '[PATCH 2/3] kettles' }],
    ['other words', { text: 'I have no kettle. I have no kitchen either. What is this list about, if I may ask?' }],
    ['no words', { text: '' }],
    ['another Message-ID that is real', { id: 'k2@example.org' }],
    [
      'an hour less and a changed text',
      {
        date: 'Tue Jun 05 2018 - 20:08:32 EST',
        text: BODY.slice(0, 80) + 'And now something else, in many other words.',
      },
    ],
  ])('are two messages when there is %s', (_difference, sketch) => {
    expect(sameMessage(real, message(sketch))).toBe(false);
    expect(sameMessage(message(sketch), real)).toBe(false);
  });
});

describe('two messages with one Message-ID', () => {
  const id = 'k1@example.org';

  it.each<[string, Sketch, boolean]>([
    ['a footer', { text: `${BODY}\n-- \npots mailing list` }, false],
    ['no body', { text: '' }, false],
    ['the list in place of the sender', { from: 'Ann Lee via pots <pots@lists.example.net>' }, false],
    ['another author', { from: 'Bo Berg <bo@example.org>' }, true],
    ['another body', { text: 'Buy cheap lids now! Nothing else matters. Click below to win a pot of gold.' }, true],
  ])('with %s', (_difference, sketch, conflict) => {
    const other = message({ id, ...sketch });
    expect(isConflict(real, other)).toBe(conflict);
    expect(sameMessage(real, other)).toBe(!conflict);
    if (conflict) expect([real, other]).toContain(mergeMessages(real, other));
  });
});

describe('merging copies', () => {
  const page = message({
    from: 'Ann <ann@...mple.org>',
    text: `${BODY.replace('ann@example.org', 'ann@...mple.org')}\npots mailing list`,
    subject: 'Re: kettles',
    source: 'openwall',
    to: 'bo@...mple.org',
  });

  it('takes the real Message-ID, whole addresses and the unmasked text, whole', () => {
    const octets = message({ id: 'k1@example.org', to: 'Bo <bo@example.org>', references: ['k0@example.org'] });
    const merged = mergeMessages(page, octets);
    expect(merged).toMatchObject({
      messageId: 'k1@example.org',
      text: BODY,
      from: { name: 'Ann Lee', address: 'ann@example.org', masked: null },
      to: [{ name: 'Bo', address: 'bo@example.org' }],
      references: ['k0@example.org'],
    });
    expect(merged.blocks).toEqual(octets.blocks);
    expect(merged.origins.map(({ source }) => source)).toEqual(['mbox', 'openwall']);
  });

  it('names every place once', () => {
    const again = { ...real, origins: real.origins.map((origin) => ({ ...origin, locator: '77' })) };
    expect(mergeMessages(real, again).origins).toEqual(real.origins);
  });

  it('believes summer time before hypermail', () => {
    const hypermail = message({ date: 'Tue Jun 05 2018 - 20:08:32 EST' });
    expect(mergeMessages(hypermail, real).date).toEqual(real.date);
  });

  const copy = fc
    .record({
      id: fc.option(fc.constant('k1@example.org'), { nil: undefined as unknown as string }),
      from: fc.constantFrom('Ann Lee <ann@example.org>', 'Ann Lee', 'ann@...mple.org', 'Ann Lee <ann@xxxxxxxxxxx>', ''),
      to: fc.constantFrom('', 'bo@example.org', 'bo@...mple.org, Cleo <cleo@example.org>'),
      date: fc.constantFrom('Tue, 5 Jun 2018 20:08:32 -0400', '2018-06-06 00:08 +0000', '2018-06-05 20:08:32', ''),
      subject: fc.constantFrom('Re: kettles', '[pots] Re: kettles', 'Re:  kettles'),
      text: fc.constantFrom(BODY, BODY.replace('ann@', 'ann@...'), `${BODY}\nfooter`, BODY.slice(0, 150), ''),
      source: fc.constantFrom('mbox', 'openwall', 'lore'),
      references: fc.constantFrom([], ['k0@example.org'], ['j0@example.org']),
    })
    .map(message);
  const plain = (merged: Message): unknown => JSON.parse(JSON.stringify(merged));

  it('does not depend on the order of the copies', () => {
    fc.assert(
      fc.property(copy, copy, copy, (a, b, c) => {
        expect(plain(mergeMessages(a, b))).toEqual(plain(mergeMessages(b, a)));
        expect(plain(mergeMessages(mergeMessages(a, b), c))).toEqual(plain(mergeMessages(a, mergeMessages(b, c))));
      }),
      { numRuns: 1000 },
    );
  });

  it('changes nothing when the copy says nothing new', () => {
    fc.assert(
      fc.property(copy, copy, (a, b) => {
        const merged = mergeMessages(a, b);
        expect(plain(mergeMessages(merged, a))).toEqual(plain(merged));
        expect(plain(mergeMessages(merged, merged))).toEqual(plain(merged));
      }),
      { numRuns: 500 },
    );
  });
});

describe('similarity', () => {
  it('is symmetric, between 0 and 1, and 1 for a text with itself', () => {
    fc.assert(
      fc.property(fc.string(), fc.lorem(), (a, b) => {
        expect(similarity(a, a)).toBe(1);
        expect(similarity(a, b)).toBe(similarity(b, a));
        expect(similarity(a, b)).toBeGreaterThanOrEqual(0);
        expect(similarity(a, b)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it.each(['a'.repeat(1e7), 'a '.repeat(5e6), '@'.repeat(1e7), ' '.repeat(1e7), 'a@'.repeat(5e6)])(
    'takes 10 MB in its stride',
    (text) => {
      const spent = processorTime();
      similarity(text, `${text} b`);
      expect(spent()).toBeLessThan(3000);
    },
  );
});
