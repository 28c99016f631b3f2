import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textAt } from '../../mail/span.js';
import { searchedSubject, weaveThreads } from '../../ingest/weave.js';
import { message, type Sketch } from './message.js';

const question: Sketch = {
  id: 'q@example.org',
  from: 'Cy Moe <cy@example.org>',
  subject: 'Frost',
  text: 'Does the valve stick when it is below zero outside?\n',
};
const answer: Sketch = {
  id: 'a@example.org',
  at: '2024-03-01T11:00:00Z',
  subject: 'Re: Frost',
  answers: ['q@example.org'],
  text: 'Cy Moe wrote:\n> Does the valve stick when it is below zero outside?\n\nOnly when it is wet as well.\n',
};

function woven(...sketches: Sketch[]) {
  return weaveThreads(sketches.map(message), []);
}

describe('weaving threads', () => {
  it('puts a reply below its question and searches it with the opening of both', () => {
    const [thread] = woven(answer, question);
    expect(thread?.rootId).toBe('q@example.org');
    const passage = thread?.members[1]?.passages[0];
    expect(passage?.fields).toEqual({
      own: 'Only when it is wet as well.',
      subject: 'frost',
      quoted: 'Does the valve stick when it is below zero outside?',
      parent: 'Does the valve stick when it is below zero outside?',
      opening: 'frost\nDoes the valve stick when it is below zero outside?',
    });
  });

  it('says where quotes come from', () => {
    const [thread] = woven(question, answer);
    const [[index, source] = []] = thread?.members[1]?.sources ?? [];
    expect(message(answer).blocks[index ?? -1]?.kind).toBe('quote');
    expect(source).toMatchObject({ kind: 'message', messageId: 'q@example.org' });
  });

  describe('of two threads with one subject', () => {
    const opening: Sketch = { ...question, at: '2024-03-01T10:00:00Z' };
    const elsewhere: Sketch = { ...answer, answers: ['lost@example.org'] };
    const sourceIn = (...sketches: Sketch[]) =>
      woven(...sketches)
        .flatMap(({ members }) => members)
        .find(({ member }) => member.messageId === 'a@example.org')?.sources[0]?.[1];

    it('finds what one quotes in the other', () => {
      const found = { kind: 'message', messageId: 'q@example.org' };
      expect(sourceIn(opening, elsewhere)).toMatchObject(found);
      expect(sourceIn(elsewhere, opening)).toMatchObject(found);
    });

    it.each<[string, Partial<Sketch>]>([
      ['was sent later', { at: '2024-03-01T12:00:00Z' }],
      ['was sent long before', { at: '2023-12-01T10:00:00Z' }],
      ['has another subject', { subject: 'Thaw' }],
      ['is a robot', { robot: true }],
    ])('does not where the other %s', (_, other) => {
      expect(sourceIn({ ...opening, ...other }, elsewhere)).toMatchObject({ kind: 'named', name: 'Cy Moe' });
    });
  });

  it('opens a reply to a missing message with what was recovered of that', () => {
    const third: Sketch = {
      id: 'b@example.org',
      at: '2024-03-01T12:00:00Z',
      answers: ['q@example.org'],
      subject: 'Re: Frost',
      text: 'Grease it with care.\n',
    };
    const [thread] = woven(answer, third);
    const passage = thread?.members.find(({ member }) => member.messageId === 'b@example.org')?.passages[0];
    expect(passage?.fields.parent).toBe('Does the valve stick when it is below zero outside?');
  });

  it('credits a forwarded patch to the author that its body names', () => {
    const patch = woven({
      id: 'p@example.org',
      subject: '[PATCH 2/3] valve: close it slowly',
      text: 'From: Di Fox <di@example.net>\n\nA fast close makes a hammer in the pipe.\n',
    });
    const passage = patch[0]?.members[0]?.passages[0];
    expect(passage?.speaker).toEqual({ name: 'Di Fox', address: 'di@example.net', masked: null });
    expect(passage?.fields.subject).toBe('valve: close it slowly');
  });

  it('repairs a masked address of a speaker from a mail of the thread that shows it whole', () => {
    const masked: Sketch = { ...answer, from: 'Ann Lee <ann@...mple.org>' };
    const [thread] = woven(masked, { ...question, cc: ['Ann Lee <ann@example.org>'] });
    expect(thread?.members[1]?.passages[0]?.speaker).toEqual({
      name: 'Ann Lee',
      address: 'ann@example.org',
      masked: null,
    });
  });

  it('never takes a masked address for a real one', () => {
    const [thread] = woven({ ...question, from: 'Ann Lee <ann@...mple.org>' });
    expect(thread?.members[0]?.passages[0]?.speaker).toEqual({
      name: 'Ann Lee',
      address: null,
      masked: 'ann@...mple.org',
    });
  });

  it("takes words pasted from somebody else's mail for nobody's own", () => {
    const words = 'The valve sticks whenever it is below zero outside and the pump has been running dry for an hour.';
    const [thread] = woven(
      { ...question, text: `${words}\n` },
      { ...answer, text: `${words}\nThat is quite normal, grease the spindle and try again.\n` },
    );
    const pasted = thread?.members[1]?.passages ?? [];
    expect(pasted.map(({ fields }) => fields.own)).toEqual(['That is quite normal, grease the spindle and try again.']);
  });

  it('leaves code alone that two mails show', () => {
    const code = 'valve_init(&v); valve_open(&v, 3); pump_start(p, v.rate, 7); log_add(l, "x", 4);\n'.repeat(3);
    const [thread] = woven({ ...question, text: code }, { ...answer, text: `${code}This one works.\n` });
    expect(thread?.members[1]?.passages[0]?.fields.own).toContain('valve_open');
  });

  it("takes what is typed at R's prompt for the writer's own, unless a mail above holds it", () => {
    const typed = 'I tried this:\n\n> fit <- lm(rate ~ cold)\n> summary(fit)\n\nIt stops there.\n';
    const [alone] = woven({ ...question, text: typed });
    expect(alone?.members[0]?.passages[0]?.fields.own).toContain('> fit <- lm(rate ~ cold)');
    const [both] = woven({ ...question, text: 'fit <- lm(rate ~ cold)\nsummary(fit)\n' }, { ...answer, text: typed });
    expect(both?.members[1]?.passages[0]?.fields.own).not.toContain('fit <-');
  });

  it('cuts cycles', () => {
    const threads = woven(
      { id: 'x@example.org', answers: ['y@example.org'], text: 'One goes round.\n' },
      { id: 'y@example.org', answers: ['x@example.org'], text: 'Two goes round.\n' },
    );
    expect(threads.flatMap(({ members }) => members).length).toBe(2);
  });

  it('gives the same threads whatever the order of the messages', () => {
    const line = fc.constantFrom(
      '> It sticks when it is cold and wet outside.',
      'It sticks when it is cold and wet outside.',
      'Ann Lee wrote:',
      '',
      '> > No.',
      'No, it does not do that here at all.',
    );
    const sketch = fc.record({
      id: fc.constantFrom('1@example.org', '2@example.org', '3@example.org', '4@example.org'),
      from: fc.constantFrom('Ann Lee <ann@example.org>', 'Bo Ek <bo@example.net>'),
      answers: fc.subarray(['1@example.org', '2@example.org', '5@example.org']),
      lines: fc.array(line, { maxLength: 8 }),
    });
    const archive = fc.uniqueArray(sketch, { selector: ({ id }) => id, maxLength: 4 });
    fc.assert(
      fc.property(archive, (sketches) => {
        const messages = sketches.map(({ lines, ...rest }) => message({ ...rest, text: lines.join('\n') }));
        const forth = weaveThreads(messages, []);
        expect(weaveThreads([...messages].reverse(), [])).toEqual(forth);
        for (const { messageId, spans, fields } of forth.flatMap(({ members }) =>
          members.flatMap(({ passages }) => passages),
        )) {
          const holder = messages.find((one) => one.messageId === messageId);
          expect(textAt(holder?.text ?? '', spans)).toBe(fields.own);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the subject that is searched', () => {
  it.each([
    ['Re: [PATCH v4 3/8] mm: close it', 'mm: close it'],
    ['[list] Re: Frost', 'frost'],
    ['', ''],
  ])('of "%s" is "%s"', (subject, expected) => {
    expect(searchedSubject(subject)).toBe(expected);
  });
});
