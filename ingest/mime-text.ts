import { decodeCharset } from './charset.js';
import { cleanText } from './clean-text.js';
import { decodedHeader } from './encoded-words.js';
import { unflow } from './flowed.js';
import { htmlToText } from './html-text.js';
import type { MimePart } from './mime.js';
import { parseMime } from './mime.js';
import { decodeTransfer } from './transfer-encoding.js';

/** What a message has to read. */
export interface MimeText {
  /** `\n` line ends. */
  readonly text: string;
  /** Names of the parts that are no text. */
  readonly attachments: readonly string[];
}

const nothing: MimeText = { text: '', attachments: [] };

/** Messages attached to messages attached …: deeper ones are only named. */
const maxForwards = 4;

/** Longer attached patches are generated ones. */
const maxPatch = 512 * 1024;

/**
 * The text of a message: its text parts one after another, the best of alternatives, patches that are attached as text, and
 * forwarded messages quoted under a header block. Other parts are attachments.
 */
export function textOfPart(part: MimePart, forwards = 0): MimeText {
  if (part.parts.length > 0) {
    if (part.type === 'multipart/alternative') return alternative(part, forwards);
    return joined(part.parts.map((child) => textOfPart(child, forwards)));
  }
  if (part.type === 'message/rfc822' || part.type === 'message/global') return forwarded(part, forwards);
  const isPatch =
    /^text\/(x-)?(patch|diff)$/.test(part.type) ||
    (/^text\//.test(part.type) && /\.(patch|diff)$/i.test(part.filename ?? ''));
  const isText = isPatch ? part.body.length <= maxPatch : part.disposition !== 'attachment';
  if (isText && part.type === 'text/html') return { text: htmlToText(characters(part)), attachments: [] };
  if (isText && (isPatch || isPlain(part)))
    return { text: plain(part), attachments: isPatch && part.filename ? [part.filename] : [] };
  return part.filename === null ? nothing : { text: '', attachments: [part.filename] };
}

/** Manual pages and programs are sent as `text/troff` and the like; with a file name they are attachments. */
function isPlain({ type, filename }: MimePart): boolean {
  if (type === 'text/plain') return true;
  return /^text\//.test(type) && filename === null && !/html|calendar|card|css|csv|rtf|rich|xml|tnef/.test(type);
}

/** RFC 2046, 5.1.4, but plain text is preferred to what comes later, since it is what the list's readers quote. */
function alternative(part: MimePart, forwards: number): MimeText {
  const read = part.parts.filter(
    ({ type }) => !/^(text\/(calendar|enriched|richtext|x-amp-html|watch-html)|application\/)/.test(type),
  );
  const plainParts = read.filter(({ type }) => type === 'text/plain').map((child) => textOfPart(child, forwards));
  const fromPlain = joined(plainParts);
  if (!isPlaceholder(fromPlain.text)) return withNames(fromPlain, part, read, forwards);
  const others = read.filter(({ type }) => type !== 'text/plain').map((child) => textOfPart(child, forwards));
  return others.findLast(({ text }) => text.trim() !== '') ?? fromPlain;
}

/** Alternatives may carry attachments (Apple Mail: plain text, or HTML with its pictures in multipart/mixed). */
function withNames(chosen: MimeText, part: MimePart, read: readonly MimePart[], forwards: number): MimeText {
  const nested = read
    .filter((child) => child.parts.length > 0)
    .flatMap((child) => textOfPart(child, forwards).attachments);
  return nested.length === 0 ? chosen : { text: chosen.text, attachments: [...chosen.attachments, ...nested] };
}

/** Plain text that only says that there is HTML. */
function isPlaceholder(text: string): boolean {
  const words = text.trim();
  return (
    words === '' ||
    (words.length < 300 &&
      /\b(?:html (?:mail|e-?mail|message|version|format|part|capable|compatible)|(?:view|see) (?:this|the) (?:html|e-?mail|message)\b.{0,60}\b(?:html|browser))/i.test(
        words,
      ))
  );
}

/** A forwarded message: a header block as mail programs write it, and the text quoted below. */
function forwarded(part: MimePart, forwards: number): MimeText {
  if (forwards >= maxForwards) return { text: '', attachments: [part.filename ?? 'forwarded message'] };
  const inner = parseMime(decodeTransfer(part.body, part.headers.get('content-transfer-encoding')?.[0] ?? ''));
  const { text, attachments } = textOfPart(inner, forwards + 1);
  const fields = ['From', 'Date', 'Subject', 'Message-ID'].flatMap((name) => {
    const value = decodedHeader(inner.headers, name.toLowerCase());
    return value === '' ? [] : [`${name}: ${value}`];
  });
  const quoted = text
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '>' : /^>/.test(line) ? `>${line}` : `> ${line}`));
  return { text: ['---------- Forwarded message ----------', ...fields, '', ...quoted, ''].join('\n'), attachments };
}

function plain(part: MimePart): string {
  const text = characters(part);
  if (part.type !== 'text/plain' || !/^flowed$/i.test(part.params['format'] ?? '')) return text;
  return unflow(text, /^yes$/i.test(part.params['delsp'] ?? ''));
}

function characters(part: MimePart): string {
  const octets = decodeTransfer(part.body, part.headers.get('content-transfer-encoding')?.[0] ?? '');
  return cleanText(decodeCharset(octets, part.params['charset'] ?? ''));
}

function joined(parts: readonly MimeText[]): MimeText {
  const texts = parts.map(({ text }) => text).filter((text) => text.trim() !== '');
  const text = texts
    .map((one, index) => (index < texts.length - 1 && !one.endsWith('\n') ? `${one}\n` : one))
    .join('\n');
  return { text, attachments: parts.flatMap(({ attachments }) => attachments) };
}
