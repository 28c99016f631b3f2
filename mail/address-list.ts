/** One member of an address list, taken apart but not yet understood. */
export interface AddressEntry {
  /** What stands outside of brackets and comments, quotes taken off, blanks folded. */
  readonly words: string;
  /** Whether any of `words` stood in quotes (an `@` in there is no address: RFC 5322, 3.2.4). */
  readonly quoted: boolean;
  /** What stands in `( )`, nested ones included. */
  readonly comment: string;
  /** What stands in `< >` or, as Outlook quotes headers, in `[mailto: ]`; null where there is none. */
  readonly angle: string | null;
}

/**
 * Splits an address list (RFC 5322, 3.4) at its commas. Own code, since postal-mime's `addressParser` needs quadratic
 * time for long runs of words without `@` and for many recipients, drops comments behind a name, and tears
 * `Last, First <a@b>`. Groups are flattened; quotes, comments and brackets that never close are taken as text.
 */
export function splitAddressList(header: string): AddressEntry[] {
  const scanner = new Scanner(header);
  while (scanner.step());
  return scanner.entries;
}

class Scanner {
  readonly entries: AddressEntry[] = [];
  private at = 0;
  private words: string[] = [];
  private comments: string[] = [];
  private angle: string | null = null;
  private quoted = false;
  /** Where each closing mark stands last: an opening one behind it never closes. */
  private readonly last: Readonly<Record<string, number>>;

  constructor(private readonly text: string) {
    this.last = {
      '"': text.lastIndexOf('"'),
      ')': text.lastIndexOf(')'),
      '>': text.lastIndexOf('>'),
      ';': text.lastIndexOf(';'),
    };
  }

  step(): boolean {
    const mark = this.text[this.at];
    if (mark === undefined) return this.finish();
    if (mark === '"' && this.closes('"')) this.quotedString();
    else if (mark === '(' && this.closes(')')) this.comment();
    else if (mark === '<' && (this.closes('>') || this.isCutAddress())) this.bracket('>');
    else if (mark === '[' && this.text.slice(this.at, this.at + 8).toLowerCase() === '[mailto:') this.bracket(']');
    else if (mark === ',' || mark === ';') this.endEntry();
    else if (mark === ':' && this.closes(';') && this.angle === null) this.startGroup();
    else this.plain();
    return true;
  }

  private closes(mark: string): boolean {
    return this.at < (this.last[mark] ?? -1);
  }

  /** `Ann <ann@example.org`: the header was cut before the bracket closed. */
  private isCutAddress(): boolean {
    return /^<[^\s<>@]+@[^\s<>@,]+$/u.test(this.text.slice(this.at, this.at + 400));
  }

  private finish(): false {
    this.endEntry();
    return false;
  }

  private endEntry(): void {
    const words = this.words.join('').replace(/\s+/gu, ' ').trim();
    const comment = this.comments.join(' ').replace(/\s+/gu, ' ').trim();
    if (words !== '' || comment !== '' || this.angle !== null) {
      this.entries.push({ words, quoted: this.quoted, comment, angle: this.angle });
    }
    this.words = [];
    this.comments = [];
    this.angle = null;
    this.quoted = false;
    this.at += 1;
  }

  /** `Friends: a@b, c@d;` — the group's name is not a mailbox. */
  private startGroup(): void {
    this.words = [];
    this.comments = [];
    this.at += 1;
  }

  private plain(): void {
    const mark = /["(<[,;:]/gu;
    mark.lastIndex = this.at + 1;
    const end = mark.exec(this.text)?.index ?? this.text.length;
    this.words.push(this.text.slice(this.at, end));
    this.at = end;
  }

  private quotedString(): void {
    const pieces: string[] = [];
    let at = this.at + 1;
    for (; at < this.text.length && this.text[at] !== '"'; at += 1) {
      if (this.text[at] === '\\' && at + 1 < this.text.length) at += 1;
      pieces.push(this.text[at] ?? '');
    }
    this.words.push(pieces.join(''));
    this.quoted = true;
    this.at = at + 1;
  }

  private comment(): void {
    let depth = 0;
    let at = this.at;
    for (; at < this.text.length; at += 1) {
      if (this.text[at] === '\\') at += 1;
      else if (this.text[at] === '(') depth += 1;
      else if (this.text[at] === ')' && (depth -= 1) === 0) break;
    }
    const inside = this.text.slice(this.at + 1, at);
    // `ann (at) example.org`: no comment but an archive's mask.
    if (/^(?:at|dot|a)$/iu.test(inside.slice(0, 4))) this.words.push(`(${inside})`);
    else this.comments.push(inside);
    this.at = at + 1;
  }

  private bracket(closing: string): void {
    const end = this.text.indexOf(closing, this.at);
    const inner = this.text.slice(this.at + 1, end < 0 ? this.text.length : end);
    const [outer, nested] = lastSplit(inner, '<');
    // `Ann <ann@example.org<mailto:ann@example.org>>` holds its address twice; other text before a `<` is the name's.
    if (outer.includes('@')) this.angle ??= outer.trim();
    else this.words.push(` ${outer}`);
    this.angle ??= nested.trim();
    this.at = end < 0 ? this.text.length : end + 1;
    while (closing === '>' && this.text[this.at] === '>') this.at += 1;
    this.words.push(' ');
  }
}

function lastSplit(text: string, mark: string): [before: string, behind: string] {
  const at = text.lastIndexOf(mark);
  return [text.slice(0, Math.max(at, 0)), text.slice(at + 1)];
}
