/**
 * Addresses of list members are not shown in Discord. What is taken for one in running text errs towards taking: who wants the words to the letter
 * follows the link. (mail/address.ts asks of a whole header whether it is an address, which says nothing about where one stands in a sentence.)
 */

const local = String.raw`[\p{L}\p{N}._%+-]{1,64}`;
const label = String.raw`[\p{L}\p{N}_-]{1,63}`;
const dot = String.raw`(?:\.| ?[([{<] ?(?:dot|\.) ?[)\]}>] ?| dot )`;
const host = String.raw`${label}(?:${dot}${label}){1,8}`;
const begins = String.raw`(?<![\p{L}\p{N}._%+-])`;

/** `ada (at) example.org`, `ada[at]example[dot]org`, `ada {a} example.org`, `ada @ example.org`, `ada_at_example.org`, `ada%40example.org`. */
const bracketed = new RegExp(
  String.raw`${begins}(${local}(?: ?[([{<] ?(?:at|a|@) ?[)\]}>] ?| @ |%40)|${local}?_at_)(${host})`,
  'giu',
);
/** `ada at example.org`, `ada at example dot org`: pipermail's way of writing every address, and people's. */
const spoken = new RegExp(String.raw`${begins}(${local})( at )(${host})(?![\p{L}\p{N}_/-])`, 'giu');

/** Words before `at` that are no one's address: places on the web are what stands after them. */
const noOnes = new Set(
  (
    'a again all also am and are around archive archived archives article available be been below branch bug bugs build built but by changes check ' +
    'code commit confirmed copy discussed discussion documentation documented docs down download downloaded downloads everything example fetch file ' +
    'files fix fixed for found from full git had happens has have here him his hosted how i in info information installed instructions is issue it ' +
    'kept latest line link list listed live lives located log logs look looked looking looks mailing maintained me mirror mirrored more not now off on ' +
    'one online or out over package packages page pages patch patches pointed pointing points posted project published query read release released ' +
    'releases repo report reported repositories repository resides results run running runs see seen server servers sits site so source sources stay ' +
    'stands start starts stop stopped stored test text that them there these they things this those to tree trees up upstream us version was web ' +
    'webpage website were where wiki work works you'
  ).split(' '),
);
/** Endings of files that look like those of hosts: `crash at main.c`. */
const fileEnding =
  /\.(?:asm|c|cc|cfg|conf|cpp|diff|dtsi?|go|h|html|img|java|js|json|ko|log|md|patch|php|pl|py|rb|rs|s|service|sh|so|ts|txt|xml|ya?ml)$/iu;
/** An address's host ends in letters: no version, no address of a machine. */
const hostEnding = /\p{L}{2,}$/u;

/** `ada@example.org` becomes `ada@…`, `ada at example dot org` `ada at …`. Those within a URL are parts of Message-IDs, and stay. */
export function withoutAddresses(text: string): string {
  const plain = text.replace(/\S+/gu, (word) => {
    if (!word.includes('@') || word.length > 2_000 || /^\W{0,5}https?:\/\//iu.test(word)) return word;
    return word.replace(/(?<=[^\s@<>()[\]"',;:])@(?:[\p{L}\p{N}_-]+|\.(?=[\p{L}\p{N}_-]))+/gu, '@…');
  });
  if (!/at|[@%([{]/iu.test(plain)) return plain;
  return plain
    .split('\n')
    .map((line) => (line.length > 2_000 ? line : withoutMasked(line)))
    .join('\n');
}

/** Whether something of a text is not shown because it is an address. */
export function hidesAddress(text: string): boolean {
  return withoutAddresses(text) !== text;
}

function withoutMasked(line: string): string {
  return line
    .replace(bracketed, (all, before: string, place: string, at: number) =>
      isHost(place) && !isInUrl(line, at) ? `${before}…` : all,
    )
    .replace(spoken, (all, name: string, at: string, place: string) =>
      isHost(place) && !noOnes.has(name.toLowerCase()) ? `${name}${at}…` : all,
    );
}

function isHost(place: string): boolean {
  return hostEnding.test(place) && !fileEnding.test(place);
}

function isInUrl(line: string, at: number): boolean {
  return /https?:\/\/\S*$/iu.test(line.slice(0, at));
}
