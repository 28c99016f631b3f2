import type { Answer, NearThread, Permalink, Quote, Searched, Silence, StatusNote } from '../answer/answer.js';
import { silenceWords } from '../answer/silence/silence.js';
import { damagedNotice } from '../answer/words.js';
import { formatIsoLocal, type MailDate } from '../mail/date.js';
import { printable, printableLine, wrapped, type Look } from './terminal.js';

/** An answer as a terminal shows it: each quote behind a bar, below it who said it, when and where; no line end at the end. */
export function renderAnswer(answer: Answer, look: Look): string {
  const parts =
    answer.kind === 'found'
      ? answer.quotes.map((quote) => renderQuote(quote, look))
      : [
          look.colors.bold('The archive does not answer this.'),
          ...renderSilence(answer.silence, look),
          ...renderNearest(answer.nearest, look),
        ];
  const searched = wrapped(describeSearched(answer.searched), look.width, '');
  return [...parts, look.colors.dim(searched)].join('\n\n');
}

function renderQuote(quote: Quote, { width, colors }: Look): string {
  const words = wrapped(printable(quote.text), width, `${colors.cyan('┃')} `);
  const said = [colors.bold(printableLine(quote.speaker)), dayOf(quote.saidAt), printableLine(quote.list)];
  const lines = [
    `— ${said.filter((part) => part !== '').join(', ')}`,
    printableLine(quote.subject),
    ...(quote.quotedBy === null
      ? []
      : [`quoted by ${printableLine(quote.quotedBy.name)}, ${dayOf(quote.quotedBy.at)}`]),
    ...linksOf(quote.permalinks, quote.messageId ?? quote.quotedBy?.messageId ?? null).map((link) => colors.dim(link)),
    ...quote.status.map((note) => colors.yellow(describeNote(note))),
  ];
  const [by = '', ...rest] = lines.filter((line) => line !== '');
  return [words, wrapped(by, width, '  '), ...rest.map((line) => unbroken(line, width, '    '))].join('\n');
}

/** Links are not broken: a terminal makes them clickable whole. */
function unbroken(line: string, width: number, prefix: string): string {
  return line.includes('://') ? prefix + line : wrapped(line, width, prefix);
}

/** Pages to read the message on; without any, the Message-ID that `threadlore thread` takes. */
function linksOf(permalinks: readonly Permalink[], messageId: string | null): string[] {
  if (permalinks.length > 0) return permalinks.map(({ url }) => printableLine(url));
  return messageId === null ? [] : [`<${printableLine(messageId)}>`];
}

const noteWords: Readonly<Record<StatusNote['kind'], string>> = {
  superseded: 'a later version followed',
  acked: 'acked',
  reviewed: 'reviewed',
  tested: 'tested',
  nacked: 'nacked',
  objected: 'objection',
  corrected: 'corrected by the author',
  applied: 'applied',
  'series-applied': 'series applied',
  tracked: 'Patchwork',
};

function describeNote(note: StatusNote): string {
  const link = note.permalinks[0]?.url;
  const where = link === undefined ? '' : ` ${printableLine(link)}`;
  // A tracker may not tell when; a mail without a date is worth a word.
  const when = note.kind === 'tracked' && note.at === null ? '' : `, ${dayOf(note.at)}`;
  return `▸ ${noteWords[note.kind]}: "${printableLine(note.text)}" — ${printableLine(note.by)}${when}${where}`;
}

function renderSilence(silence: Silence | undefined, { width }: Look): string[] {
  return silence === undefined ? [] : [wrapped(silenceWords(silence, printableLine), width, '')];
}

function renderNearest(nearest: readonly NearThread[], { width, colors }: Look): string[] {
  if (nearest.length === 0) return [];
  const threads = nearest.map(({ subject, damaged, list, last, permalinks, rootId }) => {
    const place = [printableLine(list), last === null ? '' : `last message ${dayOf(last)}`].filter(
      (part) => part !== '',
    );
    const [link = ''] = linksOf(permalinks, rootId);
    const title = damaged ? damagedNotice : printableLine(subject) || '(no subject)';
    return `${wrapped(`${title} (${place.join(', ')})`, width, '  ')}\n    ${colors.dim(link)}`;
  });
  return [`The nearest threads:\n${threads.join('\n')}`];
}

/**
 * `Searched 1,234 messages of linux-mm, 2018-06-06 to 2019-01-31; only what Dan Williams said.`, below what was searched for where that is
 * not what was asked.
 */
export function describeSearched({ words, lists, messages, first, last, author, after, before }: Searched): string {
  const count = `${messages.toLocaleString('en-US')} ${messages === 1 ? 'message' : 'messages'}`;
  const named = lists.length === 0 ? '' : ` of ${shortList(lists.map(printableLine))}`;
  const span = first === null || last === null ? '' : `, ${dayOf(first)} to ${dayOf(last)}`;
  const limits = [
    author === null ? '' : `said by ${printableLine(author)}`,
    after === null ? '' : `from ${dayOf({ instant: after, offset: 0 })}`,
    before === null ? '' : `before ${dayOf({ instant: before, offset: 0 })}`,
  ].filter((part) => part !== '');
  const asked = words === undefined ? '' : `Searched for: ${printableLine(words)}\n`;
  return `${asked}Searched ${count}${named}${span}${limits.length === 0 ? '' : `; only what was ${limits.join(', ')}`}.`;
}

function shortList(names: readonly string[]): string {
  return names.length <= 6 ? names.join(', ') : `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

/** The day on the writer's own clock. */
export function dayOf(date: MailDate | null): string {
  return date === null ? 'undated' : formatIsoLocal(date).slice(0, 10);
}
