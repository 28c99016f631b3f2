import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddedText, openEmbedder, type EmbedderConfig } from '../../index/embedder.js';
import type { Hit } from '../../index/library.js';
import { openLibrary, openWriter } from '../../index/open.js';
import type { OpenOptions } from '../../index/store.js';
import { chain, message, passageOf } from './build.js';
import { temporaryFolder } from './folder.js';
import { crossEncoderModel, embeddingModel, writeModel } from './tiny-models.js';

/** Whoever asks about kettles gets what the kettle does; the tiny cross-encoder thinks that the leak is what counts. */
const texts = {
  'boils@example.org': 'The kettle boils and the kettle boils.\n',
  'leaks@example.org': 'A leak stands under the shelf where the kettle is kept, and that is why.\n',
  'other@example.org': 'Cups have no lid, says the kettle.\n',
};

describe('an index with models of the user', () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  const embedder: EmbedderConfig = {
    model: 'tiny/words',
    pooling: 'mean',
    queryPrefix: 'asked ',
    passagePrefix: 'said ',
    quantized: true,
    localPath: writeModel(
      join(folder, 'words'),
      embeddingModel({ kettle: [1, 0, 0, 0], boils: [0, 1, 0, 0], asked: [0, 0, 1, 0], said: [0, 0, 0, 1] }),
    ),
  };
  const crossEncoder = {
    model: 'tiny/judge',
    quantized: true,
    localPath: writeModel(join(folder, 'judge'), crossEncoderModel({ leak: 3, kettle: 0 })),
  };
  const question = 'does the kettle leak';

  beforeAll(async () => {
    const messages = Object.entries(texts).map(([messageId, text]) => message({ messageId, text }));
    const threads = messages.map((each) => chain([each]));
    const fields = messages.map((each) => embeddedText(passageOf(each).fields));
    const vectors = await (await openEmbedder(embedder)).embed(fields, 'passage');
    const writer = await openWriter(dataDir, { embedder });
    for (const each of messages) writer.put(each);
    writer.weave(threads, vectors);
    writer.close();
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function found(asked: string, options: OpenOptions, limit = 10): Promise<Hit[]> {
    const library = await openLibrary(dataDir, options);
    try {
      return await library.search({ question: asked, filter: {}, limit });
    } finally {
      library.close();
    }
  }
  const ids = (hits: readonly Hit[]): string[] => hits.map(({ passage }) => passage.messageId);

  it('is made with the model’s own dimensions, and opened with the model that it records', async () => {
    const library = await openLibrary(dataDir);
    expect(library.stats().model).toEqual({ id: 'tiny/words', dimensions: 4 });
    library.close();
    const hits = await found('kettle boils', {});
    expect(hits.find(({ ranks }) => ranks.vector === 1)?.passage.messageId).toBe('boils@example.org');
  });

  it('orders the best hits as the cross-encoder says, whatever number is wanted', async () => {
    const plain = { ranking: { rerank: false as const } };
    expect(ids(await found('kettle boils', plain))[0]).toBe('boils@example.org');
    expect(ids(await found('kettle boils leak', { ...plain, crossEncoder }))[0]).toBe('leaks@example.org');
    expect(ids(await found('kettle boils leak', { ...plain, crossEncoder }, 1))).toEqual(['leaks@example.org']);
  });

  it('changes the order of the learnt ranker and nothing else: hits, and the score of each place', async () => {
    const learnt = await found(question, {});
    const judged = await found(question, { crossEncoder });
    expect(learnt).toHaveLength(3);
    expect(ids(judged)[0]).toBe('leaks@example.org');
    expect([...ids(judged)].sort()).toEqual([...ids(learnt)].sort());
    expect(judged.map(({ score }) => score)).toEqual(learnt.map(({ score }) => score));
    expect(judged.map(({ ranks }) => ranks.rerank)).toEqual([1, 2, 3]);
  });

  it('keeps the order where the cross-encoder sees no difference', async () => {
    const kettles = 'what boils in the kettle';
    expect(ids(await found(kettles, { crossEncoder }))).toEqual(ids(await found(kettles, {})));
  });

  it('says what to do about a cross-encoder that is not there, and works without', async () => {
    const missing = { ...crossEncoder, localPath: join(folder, 'nowhere') };
    await expect(found(question, { crossEncoder: missing })).rejects.toThrow(
      /re-ranking model tiny\/judge from .*nowhere/,
    );
    expect(await found(question, {})).toHaveLength(3);
  });
});
