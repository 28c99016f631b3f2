import { describe, expect, it } from 'vitest';
import { examine, figuresOf } from '../../eval/attribution.js';
import type { Fate } from '../../eval/attribution-figures.js';
import { libraryOf, type TestMail } from '../answer/memory-library.js';

const pump = 'The pump must never run dry, so that its bearings are always cooled by water.';
const valve = 'The valve by the weir sticks in winter, and only warm oil makes it turn again.';

function mail(id: string, from: string, day: number, parts: Partial<TestMail> & { readonly text: string }): TestMail {
  const date = `Mon, ${day} Apr 2024 10:00:00 +0000`;
  return { id: `${id}@weir.example.org`, from: `${from} <${id}@example.org>`, subject: 'Re: Pumps', date, ...parts };
}

const inReplyTo = (id: string): string => `<${id}@weir.example.org>`;

/** How the quoted runs of a few mails fared, by the mail that quotes. */
async function fates(mails: readonly TestMail[]): Promise<(readonly [string, Fate])[]> {
  const library = await libraryOf(mails);
  return examine([...library.messages.values()]).map(({ message, fate }) => [
    message.messageId.split('@')[0] ?? '',
    fate,
  ]);
}

describe('the account of quoted runs', () => {
  const first = mail('first', 'Ada Berg', 1, { subject: 'Pumps', text: `${pump}\n` });
  const reply = mail('reply', 'Bo Lind', 2, {
    inReplyTo: inReplyTo('first'),
    text: `On Mon, 1 Apr 2024, Ada Berg wrote:\n> ${pump}\n\nAgreed.\n`,
  });

  it('counts what is resolved to its message', async () => {
    expect(await fates([first, reply])).toEqual([['reply', 'resolved']]);
  });

  it('leaves out runs of forty characters and less', async () => {
    const short = { ...reply, text: '> The pump must never run dry.\n\nAgreed.\n' };
    expect(await fates([first, short])).toEqual([]);
  });

  it('tells whether the words of a missing message have a name', async () => {
    const named = { ...reply, text: `On Mon, 1 Apr 2024, Cy Dahl wrote:\n> ${valve}\n\nAgreed.\n` };
    expect(await fates([first, named])).toEqual([['reply', 'missing, named']]);
    const unnamed = { ...reply, text: `Somewhere I read:\n> ${valve}\n\nIs that so?\n` };
    expect(await fates([first, unnamed])).toEqual([['reply', 'missing, unattributed']]);
  });

  it.each<[string, Partial<TestMail>, Fate]>([
    ['its subject', {}, 'resolved'],
    ['its subject, long before', { date: 'Mon, 1 Jan 2024 10:00:00 +0000' }, 'in another thread of its subject'],
    ['another subject', { subject: 'Valves' }, 'in another thread'],
    // What was sent later is no source.
    ['its subject, later', { date: 'Tue, 9 Apr 2024 10:00:00 +0000' }, 'missing, named'],
  ])('finds words in another thread of %s', async (_what, differing, fate) => {
    const other = mail('other', 'Cy Dahl', 1, { subject: 'Pumps', text: `${valve}\n`, ...differing });
    const lost = mail('lost', 'Bo Lind', 3, {
      inReplyTo: inReplyTo('gone'),
      text: `On Mon, 1 Apr 2024, Cy Dahl wrote:\n> ${valve}\n\nIt does.\n`,
    });
    expect(await fates([other, lost])).toEqual([['lost', fate]]);
  });

  it('gives the share of what the archive holds that is resolved', async () => {
    const found = examine([...(await libraryOf([first, reply])).messages.values()]);
    const [one] = found;
    if (one === undefined) throw new Error('no quoted run');
    const others: Fate[] = ['present, only named', 'in another thread', 'missing, named'];
    const all = [one, one, one, ...others.map((fate) => ({ ...one, fate }))];
    expect(figuresOf(2, all)).toEqual({
      messages: 2,
      runs: 6,
      fates: { resolved: 3, 'present, only named': 1, 'in another thread': 1, 'missing, named': 1 },
      resolvedInThread: 0.75,
      resolvedInArchive: 0.6,
    });
  });
});
