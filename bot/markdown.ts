import { withoutAddresses } from './addresses.js';

/**
 * Archive text, made inert for Discord: the reader sees the characters that the mail holds, and nothing that they mean to a Markdown renderer.
 * https://support.discord.com/hc/en-us/articles/210298617 describes what Discord renders; a backslash before any ASCII mark takes its meaning.
 */

/** ASCII marks that Markdown, mentions (`<@1>`, `@everyone`), links (`https://`, `discord.gg/…`), emoji (`:name:`) or timestamps (`<t:1>`) are made of. */
const marks = /[!-/:-@[-`{-~]/gu;

/** Invisible or direction-changing characters can make a text read as another one: shown by their number. */
// eslint-disable-next-line no-misleading-character-class -- each stands for itself
const controls = /[\p{Cc}\p{Cf}\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/gu;
/** Joiners have work to do within emoji and in scripts that join letters, between such characters. */
const joinable =
  /[\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f\p{Script=Arabic}\p{Script=Syriac}\p{M}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Malayalam}]/u;

/** Line ends as `\n`, tabs as four blanks, halves of surrogate pairs as U+FFFD, invisible and direction-changing characters as `[U+202E]`. */
export function visible(text: string): string {
  const plain = text.replace(/\r\n?/gu, '\n').replaceAll('\t', '    ').toWellFormed();
  return plain.replace(controls, (character, at: number) => {
    if (character === '\n') return character;
    if (character === '\u200d' || character === '\u200c') {
      if (joinable.test(before(plain, at)) && joinable.test(characterAt(plain, at + 1))) return character;
    }
    const number = character.codePointAt(0) ?? 0;
    return `[U+${number.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

function characterAt(text: string, at: number): string {
  const code = text.codePointAt(at);
  return code === undefined ? '' : String.fromCodePoint(code);
}

function before(text: string, at: number): string {
  return [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? '';
}

/** Puts a backslash before every ASCII mark. */
export function escaped(text: string): string {
  return text.replace(marks, '\\$&');
}

/** Archive text as Markdown that shows just that text. */
export function inert(text: string): string {
  return escaped(withoutAddresses(visible(text)));
}

/** As `inert`, on one line: names, subjects, list names. Names in a right-to-left script are kept from reordering what stands beside them. */
export function inertLine(text: string, most: number): string {
  const line = visible(text.replace(/\s+/gu, ' ').trim());
  const cut = shortened(withoutAddresses(line), most);
  const shown = escaped(cut);
  return /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}]/u.test(cut)
    ? `\u2068${shown}\u2069`
    : shown;
}

/** Plain text for places without Markdown (choices, thread names, embed footers): one line. */
export function plainLine(text: string, most: number): string {
  return shortened(withoutAddresses(visible(text.replace(/\s+/gu, ' ').trim())), most);
}

/** At most `most` code units, with `…` where something was left out; never half a surrogate pair. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, Math.max(0, most - 1))
    .replace(/[\ud800-\udbff]$/u, '')
    .trimEnd()}…`;
}

/** Where the marks of a cut stand, and how the lines of a text begin. */
export interface BlockLook {
  /** Before each line: `> ` makes a block quote. */
  readonly prefix?: string;
  /** Which end of the text is left out where it is too long. */
  readonly cut?: 'beginning' | 'end';
}

/** A text's lines, all of them inert and none of them able to end the block that it stands in, at most `most` code units with a mark where words were left out. */
export function inertBlock(text: string, most: number, { prefix = '', cut = 'end' }: BlockLook = {}): string {
  const lines = withoutAddresses(visible(text))
    .split('\n')
    .map((line) => line.trimEnd());
  const mark = `${prefix}[…]`;
  const shown: string[] = [];
  let room = most - mark.length - 1;
  while (lines.length > 0) {
    const line = (cut === 'end' ? lines.shift() : lines.pop()) ?? '';
    const whole = prefix + escaped(line);
    if (whole.length >= room) {
      const part = fitting(line, room - prefix.length - 1, cut);
      if (part !== '') shown.push(prefix + escaped(part));
      shown.push(mark);
      break;
    }
    shown.push(whole);
    room -= whole.length + 1;
  }
  return (cut === 'end' ? shown : shown.reverse()).join('\n');
}

/** A block quote of at most `most` code units. */
export function blockQuote(text: string, most: number): string {
  return inertBlock(text, most, { prefix: '> ' });
}

/** As much of a line as fits once it is escaped, cut at a blank where there is one near. */
function fitting(line: string, room: number, cut: 'beginning' | 'end'): string {
  // No more than `room` characters can fit, however long the line is.
  const near = cut === 'end' ? line.slice(0, Math.max(0, room)) : line.slice(Math.max(0, line.length - room));
  const characters = [...near.toWellFormed()];
  if (cut === 'beginning') characters.reverse();
  let used = 0;
  const kept: string[] = [];
  for (const character of characters) {
    used += escaped(character).length;
    if (used > room) break;
    kept.push(character);
  }
  const blank = kept.lastIndexOf(' ');
  const part = kept.join('').length < line.length && blank > kept.length * 0.6 ? kept.slice(0, blank) : kept;
  return (cut === 'end' ? part : part.reverse()).join('').trim();
}

/** A link that leads where it says, or null: only http and https, with everything encoded that could end it early. */
export function safeUrl(url: string, most = 500): string | null {
  if (!/^https?:\/\//iu.test(url) || /[\p{Cc}\p{Cf}\s]/u.test(url)) return null;
  if (!URL.canParse(url)) return null;
  const parsed = new URL(url);
  if (parsed.hostname === '' || parsed.username !== '' || parsed.password !== '') return null;
  const encoded = parsed.href.replace(/[()<>\\`*_|~[\]]/gu, (mark) => {
    // An underscore in a link's target is plain, and encoding it would make links longer for nothing.
    return mark === '_' ? mark : `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;
  });
  return encoded.length > most ? null : encoded;
}

/** `[lore.kernel.org](https://…)`: the label is the host itself, so that it cannot deceive. */
export function hostLink(url: string): string | null {
  const safe = safeUrl(url);
  if (safe === null) return null;
  const { hostname } = new URL(safe);
  return `[${escaped(shortened(hostname, 60))}](${safe})`;
}
