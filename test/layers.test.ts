import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each folder may import besides itself: bot | cli | eval → answer | ingest → index → mail. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  mail: [],
  index: ['mail'],
  ingest: ['index', 'mail'],
  answer: ['index', 'mail'],
  eval: ['answer', 'ingest', 'index', 'mail', 'settings.ts'],
  cli: ['answer', 'ingest', 'index', 'mail', 'settings.ts'],
  bot: ['answer', 'ingest', 'index', 'mail', 'settings.ts'],
};

/** The program starts the benchmarks and the bot: `threadlore eval`, `threadlore bot`. */
const STARTED_BY_CLI = ['eval', 'bot'];

interface Import {
  readonly file: string;
  readonly target: string;
}

function sourceFiles(folder: string): string[] {
  if (!existsSync(join(root, folder))) return [];
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => join(folder, file));
}

/** The repository's own code that a file imports, or starts as a worker, as paths below the root. */
function importsOf(file: string): Import[] {
  const source = readFileSync(join(root, file), 'utf8');
  const specifiers = source.matchAll(/(?:\bfrom|\bimport\(?|new URL\()\s*['"](?<path>\.{1,2}\/[^'"]+\.js)['"]/gu);
  return [...specifiers].map(({ groups }) => {
    const target = relative(root, fileURLToPath(new URL(groups?.['path'] ?? '', `file://${join(root, file)}`)));
    // A worker is started from what was built of it.
    return { file, target: target.replace(/^dist\//u, '').replace(/\.js$/u, '.ts') };
  });
}

describe.each(Object.entries(MAY_IMPORT))('%s/', (folder, allowed) => {
  const files = sourceFiles(folder);
  const imports = files.flatMap(importsOf);
  const reachable = folder === 'cli' ? [...allowed, ...STARTED_BY_CLI] : allowed;

  it.skipIf(files.length === 0)(`imports from ${['itself', ...reachable].join(', ')} alone`, () => {
    const strays = imports.filter(({ target }) => {
      const top = target.split('/')[0] ?? '';
      return top !== folder && top !== 'package.json' && !reachable.includes(top);
    });
    expect(strays).toEqual([]);
  });

  it('has no barrel files and no default exports', () => {
    expect(files.filter((file) => file.endsWith('/index.ts'))).toEqual([]);
    expect(files.filter((file) => /^export default /mu.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
  });
});

it('the vocabulary of mail touches no file, socket or process', () => {
  const impure = /from 'node:(?!crypto')/u;
  expect(sourceFiles('mail').filter((file) => impure.test(readFileSync(join(root, file), 'utf8')))).toEqual([]);
});
