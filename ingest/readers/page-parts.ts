import { bodyText } from './page-fields.js';

/** A part of a multipart message, as public-inbox shows it: behind a line that says what it is. */
export interface BodyPart {
  /** The file's name; null for a part that is read in place. */
  readonly name: string | null;
  /** `text/x-diff`; null for what stands before the first attachment line. */
  readonly type: string | null;
  readonly text: string;
}

/** What stands between `[-- Attachment #` and ` --]`, on one or two lines. */
export interface AttachmentLine {
  readonly name: string | null;
  readonly type: string;
}

const WARNING = '[-- Warning: decoded text below may be mangled, UTF-8 assumed --]\n';
const LINE = /^\[-- Attachment #\d+(?:\.\d+)*: (.+?) --\]$/;
const TYPE = /^Type: ([^\s,;]+)[^\n]*, Size: \d+ bytes$/;

/**
 * Reads what public-inbox writes in place of a part's MIME headers, `null` where `shown` is something else.
 * A description stands before the type; a file name is shown as the description where the part has none.
 */
export function attachmentLine(shown: string): AttachmentLine | null {
  const [first = '', second, ...more] = (shown.startsWith(WARNING) ? shown.slice(WARNING.length) : shown)
    .trimEnd()
    .split('\n');
  const label = LINE.exec(first)?.[1];
  if (label === undefined || more.length > 0) return null;
  const bare = TYPE.exec(label)?.[1];
  if (second === undefined) return bare === undefined ? null : { name: null, type: bare };
  const type = TYPE.exec(/^\[-- (.+) --\]$/.exec(second)?.[1] ?? '')?.[1];
  return type === undefined ? null : { name: label, type };
}

/** The message's text and the names of what is attached to it: patches stand in the text too, as in a decoded mail. */
export function joinParts(parts: readonly BodyPart[]): { text: string; attachments: string[] } {
  const shown = parts.filter((part) => (part.name === null || isPatch(part)) && part.text.trim() !== '');
  return {
    text: bodyText(shown.map(({ text }) => text.trimEnd()).join('\n\n')),
    attachments: parts.flatMap(({ name }) => name ?? []),
  };
}

function isPatch({ name, type }: BodyPart): boolean {
  const text = type?.startsWith('text/') ?? false;
  return /^text\/(?:x-)?(?:patch|diff)$/.test(type ?? '') || (text && /\.(?:patch|diff)$/i.test(name ?? ''));
}

/**
 * Cuts saved text at its attachment lines. Only a body that starts with one is multipart: others that hold such a line
 * quote it or pretend.
 */
export function textParts(body: string): BodyPart[] {
  const lines = body.replace(/^\n+/, '').split('\n');
  if (attachmentAt(lines, 0) === null) return [{ name: null, type: null, text: body }];
  const parts: { name: string | null; type: string; lines: string[] }[] = [];
  for (let at = 0; at < lines.length;) {
    const found = attachmentAt(lines, at);
    if (found === null) parts.at(-1)?.lines.push(lines[at] ?? '');
    else {
      const { name, type } = found.line;
      // The first text is the mail's own: what it is called is a description.
      parts.push({ name: parts.length === 0 && type === 'text/plain' ? null : name, type, lines: [] });
    }
    at += found?.length ?? 1;
  }
  return parts.map(({ name, type, lines: own }) => ({ name, type, text: own.join('\n').replace(/^\n/, '') }));
}

function attachmentAt(lines: readonly string[], at: number): { line: AttachmentLine; length: number } | null {
  const warned = `${lines[at]}\n` === WARNING ? 1 : 0;
  if (!lines[at + warned]?.startsWith('[-- Attachment #')) return null;
  for (const count of [2, 1]) {
    const line = attachmentLine(lines.slice(at + warned, at + warned + count).join('\n'));
    if (line !== null) return { line, length: warned + count };
  }
  return null;
}
