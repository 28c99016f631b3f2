import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { ask } from '../../answer/ask.js';
import { answerJson } from '../../answer/json.js';
import { threadView } from '../../answer/thread-view.js';
import { renderAnswer } from '../../cli/render-answer.js';
import { renderThread } from '../../cli/render-thread.js';
import { lookOf, printable, wrapped } from '../../cli/terminal.js';
import { loadSettings, modelsOf, SettingsError } from '../../settings.js';
import { libraryOf } from '../answer/memory-library.js';
import { missingParent, patchThread } from '../answer/threads.js';

const plain = lookOf({ isTTY: false, columns: 60 }, false);

describe('text of an archive', () => {
  it.each([
    ['colours', 'a\u001b[31mred', 'a�[31mred'],
    ['a window title', '\u001b]0;owned\u0007x', '�]0;owned�x'],
    ['8-bit controls', '\u009b31m', '�31m'],
    ['turned text', 'abc\u202edcba', 'abcdcba'],
    ['line ends of every system', 'a\r\nb\rc\n', 'a\nb\nc\n'],
    ['tabs', 'a\tb', 'a       b'],
  ])('reaches the terminal without %s', (_what, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  it('never holds a control character but line ends', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text).replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
      }),
    );
  });

  it('fits the width, wide characters included', () => {
    const text = `${'word '.repeat(30)}\n${'x'.repeat(200)}\n${'字'.repeat(80)}`;
    for (const line of wrapped(text, 50, '┃ ').split('\n')) {
      expect(stringWidth(line)).toBeLessThanOrEqual(50);
      expect(line.startsWith('┃')).toBe(true);
    }
  });
});

describe('an answer on a terminal', () => {
  it('shows the words behind a bar, then who, when, where and what became of it', async () => {
    const answer = await ask(await libraryOf(patchThread), { question: 'Why is counting nests slow at every query?' });
    const text = renderAnswer(answer, plain);
    expect(text).toContain('┃ Counting nests walks the whole ledge at every query.');
    expect(text).toMatch(/— Ines Fulmar, 2024-05-0[67], gannet-users/);
    expect(text).toContain('Searched 7 messages of gannet-users');
    expect(text).not.toContain('\u001b');
  });

  it.each([
    [
      Date.UTC(2024, 4, 8),
      '▸ Patchwork: "accepted" — patchwork.example.org, 2024-05-08 https://patchwork.example.org/p/1/',
    ],
    [null, '▸ Patchwork: "accepted" — patchwork.example.org https://patchwork.example.org/p/1/'],
  ])('shows what a patch tracker says, and since when where it tells: %s', async (since, line) => {
    const library = await libraryOf(patchThread);
    const page = 'https://patchwork.example.org/p/1/';
    for (const messageId of library.messages.keys())
      library.states.set(messageId, [{ source: page, state: 'accepted', since, permalink: page }]);
    const answer = await ask(library, { question: 'Why is counting nests slow at every query?' });
    expect(renderAnswer(answer, plain)).toContain(line);
  });

  it('names who quotes the words', async () => {
    const answer = await ask(await libraryOf(missingParent), { question: 'why are the puffins fed at dawn' });
    expect(renderAnswer(answer, plain)).toContain('quoted by Tor Skua, 2024-05-08');
  });

  it.each(['why is the nset count cached?', 'which nset toaster drinks salt water?'])(
    'says what was searched for where misspelt words were put right, answer or not: %s',
    async (question) => {
      const library = await libraryOf(patchThread);
      const right = question.replace('nset', 'nest');
      const line = `Searched for: ${right}\nSearched 7 messages`;
      expect(renderAnswer(await ask(library, { question: right }), plain)).not.toContain('Searched for');
      library.slips.set('nset', 'nest');
      const answer = await ask(library, { question });
      expect(renderAnswer(answer, plain)).toContain(line);
      expect(answerJson(answer)).toMatchObject({ question, searched: { words: right } });
    },
  );

  it('says so where nothing answers', async () => {
    const answer = await ask(await libraryOf([]), { question: 'toasters' });
    expect(renderAnswer(answer, plain)).toMatch(/^The archive does not answer this\.[^]*Searched 0 messages/);
  });

  it('is coloured on a terminal alone, and not where NO_COLOR is set', async () => {
    const answer = await ask(await libraryOf(patchThread), { question: 'nest count' });
    expect(renderAnswer(answer, lookOf({ isTTY: true, columns: 80 }, false))).toContain('\u001b[');
    expect(renderAnswer(answer, lookOf({ isTTY: true, columns: 80 }, true))).not.toContain('\u001b[');
  });
});

describe('a thread on a terminal', () => {
  it('is a tree that marks what is not in the archive', async () => {
    const view = threadView(await libraryOf(missingParent), 'reply@gannet.example.org');
    expect(view && renderThread(view, plain)).toMatch(/\(not in the archive\)\n[^]*\n {2}Tor Skua, 2024-05-08/);
  });

  it('marks the author whom only an attribution line names', async () => {
    const view = threadView(await libraryOf(missingParent), 'reply@gannet.example.org');
    expect(view && renderThread(view, plain)).toMatch(
      /^Olav Kittiwake, 2024-05-07, named in an attribution line\s\(not in the archive\)$/m,
    );
  });
});

describe('the settings', () => {
  it('have defaults for everything', () => {
    expect(loadSettings({})).toMatchObject({
      dataDir: './data',
      workers: null,
      embedding: null,
      noColor: false,
      logLevel: 'info',
    });
  });

  it('take empty variables as not set', () => {
    expect(
      loadSettings({ THREADLORE_DATA: '', EMBEDDING_MODEL: '', THREADLORE_WORKERS: '', LOG_LEVEL: '' }).dataDir,
    ).toBe('./data');
  });

  it('describe another model whole', () => {
    const { embedding } = loadSettings({
      EMBEDDING_MODEL: 'Xenova/e5-small',
      EMBEDDING_QUERY_PREFIX: 'query: ',
      EMBEDDING_QUANTIZED: 'false',
      EMBEDDING_CACHE: '/models',
    });
    expect(embedding).toEqual({
      model: 'Xenova/e5-small',
      pooling: 'mean',
      queryPrefix: 'query: ',
      passagePrefix: '',
      quantized: false,
      cacheDir: '/models',
    });
  });

  it('describe a cross-encoder, kept beside the embedding model', () => {
    expect(loadSettings({}).crossEncoder).toBeNull();
    const { crossEncoder } = loadSettings({
      RERANK_MODEL: 'tiny/judge',
      RERANK_PATH: '/judge',
      EMBEDDING_CACHE: '/models',
    });
    expect(crossEncoder).toEqual({ model: 'tiny/judge', quantized: true, localPath: '/judge', cacheDir: '/models' });
    expect(modelsOf({ embedding: null, crossEncoder })).toEqual({ crossEncoder });
  });

  it('keep models where the operating system keeps caches, unless a folder is named', () => {
    expect(loadSettings({ EMBEDDING_MODEL: 'x' }).embedding?.cacheDir).toMatch(/threadlore.*models$/);
  });

  it.each([{ THREADLORE_WORKERS: '0' }, { EMBEDDING_MODEL: 'x', EMBEDDING_POOLING: 'max' }, { LOG_LEVEL: 'loud' }])(
    'refuse %j by name',
    (variables) => {
      const name = Object.keys(variables).at(-1) ?? '';
      expect(() => loadSettings(variables as unknown as NodeJS.ProcessEnv)).toThrow(SettingsError);
      expect(() => loadSettings(variables as unknown as NodeJS.ProcessEnv)).toThrow(new RegExp(name));
    },
  );
});
