import { ButtonStyle, type APIEmbed } from 'discord.js';
import type { Answer, NearThread, Quote, StatusNote } from '../../answer/answer.js';
import { silenceWords } from '../../answer/silence/silence.js';
import { damagedNotice } from '../../answer/words.js';
import { limits } from '../limits.js';
import { blockQuote, inertLine } from '../markdown.js';
import { payload, type Payload } from '../payload.js';
import { button, rows } from './buttons.js';
import { counted, dayOf, hiddenWords, linksTo, searchedLines, statusWords } from './words.js';

export interface AnswerView {
  readonly answer: Answer;
  /** Keys in `bot.sqlite`: of the answer, and of the message whose thread the Thread button opens. */
  readonly key: number;
  readonly threadKey: number | null;
  /** Shown to one person: with a button that shows it to all. */
  readonly private: boolean;
  /** False where the channel does not let the bot embed: everything goes into the content. */
  readonly embeds: boolean;
  /** Whether to offer further quotes. */
  readonly more: boolean;
  /** Quotes of it that the archive does not bear out any more. */
  readonly withheld?: number;
}

export const colours = { found: 0x5865f2, doubted: 0xf0b232, nothing: 0x80848e } as const;

/** Room for the quotes of an answer over all embeds; the rest is for what surrounds them. */
const roomForEmbeds = limits.embedsTogether - 100;
/** At least so much of each quote is shown, whatever stands below it. */
const leastQuote = 240;

/** An answer as Discord shows it: each quote a block quote with its number, below it who, when, where and what became of it. */
export function renderAnswer(view: AnswerView): Payload {
  const { answer } = view;
  const head = `**${inertLine(answer.question, 300)}**\n`;
  const foot = `${searchedLines(answer.searched)}${withheldWords(view.withheld ?? 0)}`;
  if (answer.kind === 'nothing-found') {
    const why = answer.silence === undefined ? [] : [silenceWords(answer.silence, (text) => inertLine(text, 90))];
    const said = ['The archive does not answer this.', ...why, ...nearestLines(answer.nearest)].join('\n');
    if (!view.embeds) return payload({ content: fitted([head + said, foot]), components: buttonsOf(view) });
    return payload({
      content: head + foot,
      embeds: [{ color: colours.nothing, description: said }],
      components: buttonsOf(view),
    });
  }
  if (!view.embeds) return payload({ content: plainAnswer(head, answer.quotes, foot), components: buttonsOf(view) });
  const room = Math.floor(roomForEmbeds / answer.quotes.length);
  const embeds = answer.quotes.slice(0, limits.embeds).map((quote, place) => quoteEmbed(quote, place + 1, room));
  return payload({ content: head + foot, embeds, components: buttonsOf(view) });
}

function withheldWords(count: number): string {
  return count === 0
    ? ''
    : `\n-# Left out, since the stored message is damaged or says something else by now: ${counted(count, 'quote')}`;
}

function quoteEmbed(quote: Quote, number: number, room: number): APIEmbed {
  const doubted = quote.status.some(({ kind }) => ['nacked', 'objected', 'superseded', 'corrected'].includes(kind));
  const most = Math.min(room, limits.embedDescription);
  return { color: doubted ? colours.doubted : colours.found, description: quoteText(quote, number, most) };
}

/** A quote with its source below it, at most `most` characters. */
export function quoteText(quote: Quote, number: number, most: number): string {
  const lines = linesBelow(quote, number);
  let room = most - leastQuote;
  const shown = new Set<Line>();
  for (const line of [...lines].sort((a, b) => a.rank - b.rank)) {
    if (line.text.length + 1 > room) continue;
    shown.add(line);
    room -= line.text.length + 1;
  }
  const words = blockQuote(quote.text, room + leastQuote - 1);
  return [words, ...lines.filter((line) => shown.has(line)).map(({ text }) => text)].join('\n');
}

/** A line below a quote; where there is no room for all, those of a lower rank are kept. */
interface Line {
  readonly rank: number;
  readonly text: string;
}

/** In the order in which they are shown. */
function linesBelow(quote: Quote, number: number): Line[] {
  const { subject, quotedBy, status } = quote;
  const title = inertLine(subject, 90);
  return [
    { rank: 0, text: sourceLine(quote, number) },
    ...(title === '' ? [] : [{ rank: 3, text: `-# ${title}` }]),
    ...(quotedBy === null
      ? []
      : [{ rank: 1, text: `-# ↩️ quoted by ${inertLine(quotedBy.name, 60)}, ${dayOf(quotedBy.at)}` }]),
    ...status.slice(0, 4).map((note) => ({ rank: 2, text: noteLine(note) })),
  ];
}

function sourceLine({ text, speaker, saidAt, list, permalinks }: Quote, number: number): string {
  const credit = [`**${inertLine(speaker, 60)}**`, dayOf(saidAt), inertLine(list, 50), ...linksTo(permalinks)];
  const parts = [...credit, ...hiddenWords(text)];
  return `\`${number}\` ${parts.filter((part) => part !== '').join(' · ')}`;
}

function noteLine({ kind, by, at, text, permalinks }: StatusNote): string {
  const { mark, words } = statusWords[kind];
  const said = text.trim() === '' ? '' : `: “${inertLine(text, 120)}”`;
  // A tracker may not tell when; a mail without a date is worth a word.
  const when = kind === 'tracked' && at === null ? [] : [dayOf(at)];
  const by_ = [inertLine(by, 60), ...when, ...linksTo(permalinks, 1)].join(' · ');
  return `-# ${mark} **${words}**${said} — ${by_}`;
}

/** Everything in the content's 2,000 characters: as many quotes as have room. */
function plainAnswer(head: string, quotes: readonly Quote[], foot: string): string {
  const parts: string[] = [];
  let room = limits.content - head.length - foot.length - 2;
  for (const [place, quote] of quotes.entries()) {
    const share = Math.floor(room / Math.min(quotes.length - place, 3)) - 2;
    if (share < leastQuote + 120) break;
    const text = quoteText(quote, place + 1, share);
    parts.push(text);
    room -= text.length + 2;
  }
  return fitted([head + parts.join('\n\n'), foot]);
}

function fitted(parts: readonly string[]): string {
  return parts.join('\n').slice(0, limits.content);
}

function nearestLines(nearest: readonly NearThread[]): string[] {
  if (nearest.length === 0) return [];
  const lines = nearest.slice(0, 3).map(({ subject, damaged, list, last, permalinks }) => {
    const parts = [inertLine(list, 50), last === null ? '' : `last message ${dayOf(last)}`, ...linksTo(permalinks, 1)];
    const title = damaged ? damagedNotice : inertLine(subject, 90) || '(no subject)';
    return `- ${title} · ${parts.filter((part) => part !== '').join(' · ')}`;
  });
  return ['The nearest threads:', ...lines];
}

function buttonsOf({ answer, key, threadKey, private: alone, more }: AnswerView): Payload['components'] {
  const votes = [button('👍', { kind: 'up', answer: key }), button('👎', { kind: 'down', answer: key })];
  const share = alone ? [button('Share', { kind: 'share', answer: key }, ButtonStyle.Primary)] : [];
  if (answer.kind === 'nothing-found') return rows([...share, ...votes]);
  const contexts = answer.quotes
    .slice(0, limits.buttonsPerRow)
    .map((_, place) => button(`Context ${place + 1}`, { kind: 'context', answer: key, quote: place }));
  const thread = threadKey === null ? [] : [button('Thread', { kind: 'thread', reference: threadKey, page: 0 })];
  return rows(contexts, [
    ...thread,
    ...(more ? [button('More', { kind: 'more', answer: key })] : []),
    ...share,
    ...votes,
  ]);
}
