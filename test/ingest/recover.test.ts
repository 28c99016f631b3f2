import { describe, expect, it } from 'vitest';
import type { MessageId } from '../../mail/message-id.js';
import { textAt } from '../../mail/span.js';
import type { StoredSighting } from '../../index/library.js';
import type { PassageDraft } from '../../index/passage.js';
import { saidWhen } from '../../ingest/recover.js';
import { weaveThreads } from '../../ingest/weave.js';
import { message, type Sketch } from './message.js';

const lost = 'lost@example.org' as MessageId;
const heldWords = 'The pump may run dry for an hour before its seal is harmed beyond repair.';

const reply: Sketch = {
  id: 'reply@example.org',
  from: 'Bo Ek <bo@example.net>',
  at: '2024-03-02T09:00:00Z',
  subject: 'Re: Pumps',
  answers: ['root@example.org', lost],
  text: `On Fri, Mar 1, 2024 at 8:17 PM Ann Lee <ann@example.org> wrote:
> On Fri, Mar 1, 2024 at 10:00 AM Cy Moe <cy@example.org> wrote:
> > How long may the pump run dry before something breaks in there?
>
> The pump may run dry for an hour before its
> seal is harmed beyond repair.
>
> Longer than that nobody has tried, as far as I know.

We tried two hours. It leaks now.
`,
};

const sighting: StoredSighting = {
  messageId: lost,
  parentId: 'root@example.org' as MessageId,
  from: { name: 'Ann Lee', address: null, masked: null },
  date: { instant: Date.parse('2024-03-02T04:16:00Z'), offset: 0 },
  subject: 'Re: Pumps',
};

function recovered(sketches: readonly Sketch[], sightings: readonly StoredSighting[] = []): PassageDraft[] {
  return weaveThreads(sketches.map(message), sightings).flatMap(({ members }) =>
    members.flatMap(({ passages }) => passages.filter(({ kind }) => kind === 'recovered')),
  );
}

const by = (passages: readonly PassageDraft[], name: string): PassageDraft[] =>
  passages.filter(({ speaker }) => speaker.name === name);

describe('recovering passages of missing messages', () => {
  it('credits quoted words to whom the attribution names, not to who quotes them', () => {
    const [passage] = by(recovered([reply]), 'Ann Lee');
    expect(passage?.fields.own).toContain('The pump may run dry for an hour');
    expect(passage?.speaker.address).toBe('ann@example.org');
    expect(passage).toMatchObject({ messageId: reply.id, sourceId: lost });
  });

  it('recovers deeper quotes too, each for its own author', () => {
    const [passage] = by(recovered([reply]), 'Cy Moe');
    expect(passage?.fields.own).toBe('How long may the pump run dry before something breaks in there?');
  });

  it('searches recovered words with the deeper quote that they answer', () => {
    const [passage] = by(recovered([reply]), 'Ann Lee');
    expect(passage?.fields.quoted).toBe('How long may the pump run dry before something breaks in there?');
  });

  it('leaves out what greets the one it would be credited to', () => {
    const text = reply.text.replace('> The pump may run dry', '> Hi Ann,\n>\n> The pump may run dry');
    expect(by(recovered([{ ...reply, text }]), 'Ann Lee')).toEqual([]);
    const signed = reply.text.replace('> Longer than', '> Ann Lee\n> Longer than');
    expect(by(recovered([{ ...reply, text: signed }]), 'Ann Lee')).toHaveLength(1);
  });

  it('leaves out unmarked words below a header where the reply has none of its own elsewhere', () => {
    const head = 'From: Ann Lee <ann@example.org>\nSent: Friday, March 1, 2024 8:17 PM\nTo: Bo Ek\nSubject: Pumps\n\n';
    const below =
      'The pump may run dry for an hour before its seal is harmed beyond repair.\n\nWe tried two hours. It leaks now.\n';
    expect(by(recovered([{ ...reply, text: `${head}${below}` }]), 'Ann Lee')).toEqual([]);
    expect(by(recovered([{ ...reply, text: `Thanks.\n\n${head}${below}` }]), 'Ann Lee')).toHaveLength(1);
    const sent = { ...reply, subject: 'Fwd: Pumps', text: `${head}${below}` };
    expect(by(recovered([sent]), 'Ann Lee')).toHaveLength(1);
  });

  it("cuts spans that leave the quote's markers out and no word", () => {
    const held = message(reply);
    for (const { spans, fields } of recovered([reply])) {
      expect(textAt(held.text, spans)).toBe(fields.own);
      expect(fields.own).not.toContain('>');
    }
  });

  it("takes the instant from the thread overview and the zone from the attribution's wall clock", () => {
    const [passage] = by(recovered([reply], [sighting]), 'Ann Lee');
    expect(passage?.saidAt).toEqual({ instant: Date.parse('2024-03-02T04:16:00Z'), offset: -480 });
  });

  it('credits no list, and nobody where two may have written', () => {
    const byList = reply.text.replace('Ann Lee <ann@example.org>', '<test@lists.example.org>');
    expect(recovered([{ ...reply, text: byList }]).map(({ speaker }) => speaker.name)).toEqual(['Cy Moe']);
    const flat = reply.text.replace('> > How long', '> How long');
    expect(recovered([{ ...reply, text: flat }])).toEqual([]);
  });

  it('recovers nothing of a message that is there', () => {
    const root: Sketch = {
      id: 'root@example.org',
      from: 'Cy Moe <cy@example.org>',
      text: 'How long may the pump run dry before something breaks in there?\n',
    };
    const there: Sketch = {
      id: lost,
      at: '2024-03-02T04:16:00Z',
      answers: ['root@example.org'],
      text: `> How long may the pump run dry before something breaks in there?\n\n${heldWords}\n\nLonger than that nobody has tried, as far as I know.\n`,
    };
    expect(recovered([root, there, reply])).toEqual([]);
  });

  it('makes one passage of words that several replies quote, held by the one with the most of them', () => {
    const shorter: Sketch = {
      id: 'early@example.org',
      from: 'Di Fox <di@example.net>',
      at: '2024-03-02T08:00:00Z',
      answers: ['root@example.org', lost],
      text: `On Fri, Mar 1, 2024 at 8:17 PM Ann Lee <ann@example.org> wrote:\n> The pump may run dry for an hour before its seal is\n> harmed beyond repair.\n\nThanks, that helps me a lot.\n`,
    };
    const passages = by(recovered([shorter, reply]), 'Ann Lee');
    expect(passages).toHaveLength(1);
    expect(passages[0]?.messageId).toBe(reply.id);
  });

  it('gives the same passages whatever the order of the messages', () => {
    const other: Sketch = {
      ...reply,
      id: 'other@example.org',
      from: 'Di Fox <di@example.net>',
      at: '2024-03-03T09:00:00Z',
    };
    const forth = weaveThreads([reply, other].map(message), [sighting]);
    const back = weaveThreads([other, reply].map(message), [sighting]);
    expect(back).toEqual(forth);
  });
});

describe('the moment of recovered words', () => {
  const at = (text: string, offset: number | null) => ({ instant: Date.parse(text), offset });
  it.each([
    ['the overview alone', null, at('2019-01-31T04:16Z', 0), at('2019-01-31T04:16Z', 0)],
    ['the attribution alone', at('2019-01-30T20:17Z', null), null, at('2019-01-30T20:17Z', null)],
    [
      'a wall clock eight hours behind',
      at('2019-01-30T20:17Z', null),
      at('2019-01-31T04:16Z', 0),
      at('2019-01-31T04:16Z', -480),
    ],
    [
      'a wall clock with half an hour',
      at('2019-01-31T09:46Z', null),
      at('2019-01-31T04:16Z', 0),
      at('2019-01-31T04:16Z', 330),
    ],
    [
      'an attribution with its zone',
      at('2019-01-31T04:16:41Z', -300),
      at('2019-01-31T04:16Z', 0),
      at('2019-01-31T04:16Z', -300),
    ],
    [
      'a wall clock that no zone explains',
      at('2019-03-01T00:00Z', null),
      at('2019-01-31T04:16Z', 0),
      at('2019-01-31T04:16Z', 0),
    ],
    ['neither', null, null, null],
  ])('comes from %s', (_, attributed, sighted, expected) => {
    expect(saidWhen(attributed, sighted)).toEqual(expected);
  });
});
