import { thisMessage, type OverviewEntry, type OverviewLine } from './page-overview.js';

/** `Maria del Carmen Rodriguez Perez (Acme Corp)` has seven. */
const MOST_NAME_WORDS = 8;

/**
 * Tells subject from author in the lines of an overview that was saved as text: `[PATCH] mm: fix it Jane Doe`, or
 * `Jane Doe` alone where the subject is that of the line before. Nothing marks the border, so names are learnt from the
 * page: `people` (its headers), lines that hold nothing but a name, and last, endings that several subjects share.
 * `subject` is the page's own, without `Re:`.
 */
export function splitAuthors(
  lines: readonly OverviewLine[],
  people: readonly string[],
  subject: string,
): OverviewEntry[] {
  const contents = lines.map(({ rest }) => rest.replace(thisMessage, ''));
  const alone = contents.filter((content, index) => isNameAlone(content, lines[index]));
  const certain = new Set([...people.filter((name) => name !== ''), ...alone]);
  const guesses = sharedEndings(contents.filter((content) => !certain.has(content)));
  return contents.map((content, index) => {
    if (certain.has(content) && lines[index]?.level !== 0) return entry(null, content);
    return splitContent(content, certain, guesses, subject);
  });
}

function splitContent(
  content: string,
  certain: ReadonlySet<string>,
  guesses: ReadonlySet<string>,
  subject: string,
): OverviewEntry {
  const elided = content.lastIndexOf(' " ');
  if (elided > 0) return entry(content.slice(0, elided + 2), content.slice(elided + 3));
  if (subject !== '' && content.startsWith(`${subject} `)) return entry(subject, content.slice(subject.length + 1));
  const endings = endingsOf(content, MOST_NAME_WORDS);
  const known = endings.findLast((ending) => certain.has(ending)) ?? endings.find((ending) => guesses.has(ending));
  const name = known ?? lastWords(content);
  const shown = content.slice(0, content.length - name.length).trimEnd();
  return entry(shown === '' ? null : shown, name);
}

/** The last word, the last two words, and so on; never the whole. */
function endingsOf(content: string, most: number): string[] {
  const words = content.slice(-400).split(' ');
  const lengths = Array.from({ length: Math.max(0, Math.min(most, words.length - 1)) }, (_, index) => index + 1);
  return lengths.map((length) => words.slice(-length).join(' '));
}

function entry(subject: string | null, author: string): OverviewEntry {
  return { messageId: null, subject, author };
}

/** Whether a line holds no subject: the page's own message never does, nor do a reply's few words without a subject's marks. */
function isNameAlone(content: string, line: OverviewLine | undefined): boolean {
  if (line?.rest.endsWith(thisMessage)) return true;
  const few = content.split(' ').length <= 4 && content.length <= 60;
  return line?.level !== 0 && few && !/^\[|[:/"?!\d]/.test(content);
}

/** The endings, up to four words, that stand behind different words. */
function sharedEndings(contents: readonly string[]): Set<string> {
  const before = new Map<string, string>();
  const shared = new Set<string>();
  for (const content of contents) {
    const words = content.slice(-400).split(' ');
    for (const [index, ending] of endingsOf(content, 4).entries()) {
      const word = words.at(-index - 2) ?? '';
      if ((before.get(ending) ?? word) !== word) shared.add(ending);
      before.set(ending, word);
    }
  }
  return shared;
}

/** The last word, with a capitalised word before it: most names are two. */
function lastWords(content: string): string {
  return /(?:\p{Lu}\S*\s)?\S+$/u.exec(content.slice(-200))?.[0] ?? content;
}
