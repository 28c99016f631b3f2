import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What somebody said, as the store has it, by where it is declared. Only `answer/` reads these, and checks what it gives away. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'mail/message.ts': ['text', 'subject', 'blocks'],
  'index/passage.ts': ['spans', 'fields', 'own', 'subject', 'quoted', 'parent', 'opening'],
  'mail/own.ts': ['ownText'],
  'mail/span.ts': ['textAt'],
  'mail/label.ts': ['labelBlocks', 'inBodyAuthor'],
  'answer/quote/lines.ts': ['linesOf', 'cutLines'],
};

const shells = ['bot', 'cli'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => join(root, folder, file)),
);

/** Where the files read the store's words: `obj.text`, `obj['text']`, `const { text } = obj`, and what cuts words out of a text. */
function readsOfWords(files: readonly string[], overlay: ReadonlyMap<string, string>): string[] {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
  };
  const host = ts.createCompilerHost(options);
  const readFile = host.readFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.readFile = (file) => overlay.get(file) ?? readFile(file);
  host.fileExists = (file) => overlay.has(file) || fileExists(file);
  const program = ts.createProgram([...files], options, host);
  const checker = program.getTypeChecker();
  const found: string[] = [];
  const isOfWords = (symbol: ts.Symbol | undefined): boolean => {
    const aliased =
      symbol !== undefined && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return (aliased?.declarations ?? []).some((declaration) => {
      const file = relative(root, declaration.getSourceFile().fileName);
      return WORDS[file]?.includes(aliased?.name ?? '') ?? false;
    });
  };
  for (const file of files) {
    const source = program.getSourceFile(file);
    if (source === undefined) throw new Error(`${file} was not read`);
    const visit = (node: ts.Node): void => {
      if (isOfWords(symbolRead(checker, node))) {
        const { line } = source.getLineAndCharacterOfPosition(node.getStart());
        found.push(`${relative(root, file)}:${line + 1} ${node.getText()}`);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return found;
}

/** What an expression or a binding reads, where it may be a property of a message or a function that was imported. */
function symbolRead(checker: ts.TypeChecker, node: ts.Node): ts.Symbol | undefined {
  if (ts.isPropertyAccessExpression(node)) return checker.getSymbolAtLocation(node.name);
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return checker.getTypeAtLocation(node.expression).getProperty(node.argumentExpression.text);
  }
  if (ts.isBindingElement(node) && ts.isObjectBindingPattern(node.parent)) {
    const name = node.propertyName ?? node.name;
    return ts.isIdentifier(name) || ts.isStringLiteralLike(name)
      ? checker.getTypeAtLocation(node.parent).getProperty(name.text)
      : undefined;
  }
  return ts.isImportSpecifier(node) ? checker.getSymbolAtLocation(node.name) : undefined;
}

const example = join(root, 'bot/an-example.ts');
const exampleText = `
  import type { Library, LibraryMessage } from '../index/library.js';
  import { ownText as said } from '../mail/own.js';
  export function one(library: Library) { return [...library.everyMessage()][0]?.text.slice(1); }
  export const two = ({ text }: Pick<LibraryMessage, 'text'>) => text;
  export const three = (message: LibraryMessage) => message['text'] + said(message);
  export function four(message: LibraryMessage) { const { blocks: own, date } = message; return [own, date]; }
  export const five = (messages: LibraryMessage[]) => messages.map(({ subject }) => subject);
`;
const reads = readsOfWords([...shells, example], new Map([[example, exampleText]]));

it('finds the store’s words however they are read', () => {
  const found = reads.filter((read) => read.startsWith('bot/an-example.ts:'));
  expect(found.map((read) => read.replace('bot/an-example.ts:', ''))).toEqual([
    '3 ownText as said',
    '4 [...library.everyMessage()][0]?.text',
    '5 text',
    "6 message['text']",
    '7 blocks: own',
    '8 subject',
  ]);
});

it('bot and cli show words that answer/ has checked, and read none from the store themselves', () => {
  expect(shells.length).toBeGreaterThan(50);
  expect(reads.filter((read) => !read.startsWith('bot/an-example.ts:'))).toEqual([]);
});
