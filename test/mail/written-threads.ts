import fc from 'fast-check';
import { labelBlocks } from '../../mail/label.js';
import type { Message } from '../../mail/message.js';
import type { MessageId } from '../../mail/message-id.js';

/** Two people share a name. */
export const PEOPLE = ['Ada Berg', 'Bo Lind', 'Cy Dahl', 'Ada Berg'];

/** A message of a made-up thread. */
export interface Written {
  readonly number: number;
  readonly parent: Written | null;
  readonly message: Message;
  /** Whether the archive holds it. */
  readonly present: boolean;
}

/** What a reply does with the message it answers. */
export interface Manner {
  readonly person: number;
  readonly back: number;
  readonly style: 'interleaved' | 'top' | 'outlook' | 'bottom' | 'pasted';
  readonly paragraphs: number;
  /** Lines of the quoted message that are left out, at its beginning and at its end. */
  readonly trim: number;
  readonly cut: number;
  readonly wrap: boolean;
}

type Style = Manner['style'];

/** The ways to reply that a program or habit marks in some way. */
export const MARKED: readonly Style[] = ['interleaved', 'top', 'outlook', 'bottom'];

function manner(styles: readonly Style[]): fc.Arbitrary<Manner> {
  return fc.record({
    person: fc.nat(PEOPLE.length - 1),
    back: fc.nat(3),
    style: fc.constantFrom(...styles),
    paragraphs: fc.integer({ min: 1, max: 3 }),
    trim: fc.nat(2),
    cut: fc.nat(2),
    wrap: fc.boolean(),
  });
}

/** Words that say in which message they were written, in letters as prose has them: every one is unique. */
function paragraph(message: number, index: number): string[] {
  const words = Array.from({ length: 24 }, (_, word) => `m${spelt(message)}p${spelt(index)}w${spelt(word)}x`);
  return [words.slice(0, 8).join(' '), words.slice(8, 16).join(' '), `${words.slice(16).join(' ')}.`];
}

function spelt(number: number): string {
  return [...String(number)].map((digit) => 'abcdefghij'[Number(digit)]).join('');
}

function quoted(parent: string, { trim, cut, wrap }: Manner): string[] {
  const all = parent.trimEnd().split('\n');
  const lines = all.slice(trim, Math.max(trim + 1, all.length - cut));
  const marked = lines.map((line) => (line.startsWith('>') ? `>${line}` : line === '' ? '>' : `> ${line}`));
  if (!wrap) return marked;
  return marked.flatMap((line) => {
    if (line.length < 72 || line.includes('wrote:')) return [line];
    const cut = line.lastIndexOf(' ', 70);
    const head = /^[> ]*/u.exec(line)![0];
    return cut <= head.length ? [line] : [line.slice(0, cut), `${head}${line.slice(cut + 1)}`];
  });
}

function write(number: number, parent: Written | null, manner: Manner): string {
  const paragraphs = Array.from({ length: manner.paragraphs }, (_, index) => paragraph(number, index));
  const own = paragraphs.flatMap((lines) => [...lines, '']);
  if (parent === null) return `${own.join('\n').trimEnd()}\n`;
  const { name } = parent.message.from;
  const when = new Date(parent.message.date!.instant).toUTCString().replace('GMT', '+0000');
  if (manner.style === 'outlook') {
    const head = [
      '-----Original Message-----',
      `From: ${name} <${parent.message.from.address}>`,
      `Sent: ${when}`,
      'To: valves',
      'Subject: valve',
      '',
    ];
    return [...own, ...head, parent.message.text].join('\n');
  }
  const quote = [`On ${when}, ${name} <${parent.message.from.address}> wrote:`, ...quoted(parent.message.text, manner)];
  if (manner.style === 'pasted') return [...paragraph(parent.number, 0), '', ...own].join('\n');
  if (manner.style === 'top') return [...own, ...quote, ''].join('\n');
  if (manner.style === 'bottom') return [...quote, '', ...own].join('\n');
  const middle = quote.findIndex((line, i) => i > 1 && /^>$/u.test(line));
  const at = middle < 0 ? quote.length : middle;
  return [...quote.slice(0, at), '', ...own, ...quote.slice(at), ''].join('\n');
}

/** Makes a thread of people's manners; `holes` says which messages the archive lacks. */
export function thread(manners: readonly Manner[], holes: readonly boolean[]): Written[] {
  const written: Written[] = [];
  manners.forEach((manner, number) => {
    const parent = number === 0 ? null : written[Math.max(0, number - 1 - manner.back)]!;
    // Words pasted without a marker can be told where both messages are there.
    const told = holes[number] !== true && parent?.present === true;
    const text = write(number, parent, manner.style === 'pasted' && !told ? { ...manner, style: 'top' } : manner);
    const above = parent === null ? [] : [...parent.message.references, parent.message.messageId];
    const message: Message = {
      messageId: `${number}@example.org` as MessageId,
      inReplyTo: above.slice(-1),
      references: above,
      from: { name: PEOPLE[manner.person]!, address: `p${manner.person}@example.org`, masked: null },
      to: [],
      cc: [],
      date: { instant: Date.UTC(2019, 2, 4, 10, number * 7), offset: 0 },
      subject: 'valve',
      text,
      attachments: [],
      blocks: labelBlocks(text),
      origins: [],
      contentHash: String(number),
      robot: false,
    };
    written.push({ number, parent, message, present: !holes[number] });
  });
  return written;
}

/** Every word that a made-up message holds, and the number of the message that it was written in. */
export const WORD = /\bm([a-j]+)p[a-j]+w[a-j]+x\b/gu;

function read(letters: string): number {
  return Number([...letters].map((letter) => 'abcdefghij'.indexOf(letter)).join(''));
}

/** The numbers of the messages that words come from. */
export function writers(text: string): number[] {
  return [...new Set([...text.matchAll(WORD)].map(([, number]) => read(number ?? '')))];
}

/** Manners of two to seven people, and which of their messages the archive lacks. */
export function threads(styles: readonly Style[]): fc.Arbitrary<[Manner[], boolean[]]> {
  return fc.tuple(
    fc.array(manner(styles), { minLength: 2, maxLength: 7 }),
    fc.array(fc.boolean(), { minLength: 7, maxLength: 7 }),
  );
}
