import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { env } from '@xenova/transformers';
import { afterAll, describe, expect, it } from 'vitest';
import { openCrossEncoder } from '../../index/cross-encoder.js';
import { openEmbedder, type EmbedderConfig } from '../../index/embedder.js';
import { temporaryFolder } from './folder.js';
import { openHub } from './hub.js';
import { crossEncoderModel, embeddingModel, writeModel } from './tiny-models.js';

const folder = temporaryFolder();
const hubHost = env.remoteHost;
afterAll(() => {
  env.remoteHost = hubHost;
  rmSync(folder, { recursive: true, force: true });
});

const vectors = {
  kettle: [1, 0, 0, 0],
  boils: [0, 1, 0, 0],
  asked: [0, 0, 1, 0],
  said: [0, 0, 0, 1],
};

function config(parts: Partial<EmbedderConfig>): EmbedderConfig {
  const model = 'tiny/words';
  return { model, pooling: 'mean', queryPrefix: '', passagePrefix: '', quantized: true, ...parts };
}

const rounded = (vector: Float32Array | undefined): number[] =>
  Array.from(vector ?? [], (value) => Math.round(value * 1000) / 1000);

describe('an embedding model of the user', () => {
  const localPath = writeModel(join(folder, 'words'), embeddingModel(vectors));

  it.each<[string, Partial<EmbedderConfig>, number[]]>([
    ['the mean of all word pieces', { pooling: 'mean' }, [0.894, 0.447, 0, 0]],
    ['the first word piece', { pooling: 'cls' }, [1, 0, 0, 0]],
  ])('is pooled as its settings say: %s', async (_what, parts, expected) => {
    const embedder = await openEmbedder(config({ localPath, ...parts }));
    const [vector] = await embedder.embed(['kettle kettle boils'], 'passage');
    expect(embedder).toMatchObject({ id: 'tiny/words', dimensions: 4 });
    expect(rounded(vector)).toEqual(expected);
  });

  it('gets its prefixes, one for questions and one for passages', async () => {
    const embedder = await openEmbedder(config({ localPath, queryPrefix: 'asked ', passagePrefix: 'said ' }));
    expect(rounded((await embedder.embed(['kettle'], 'query'))[0])).toEqual([0.707, 0, 0.707, 0]);
    expect(rounded((await embedder.embed(['kettle'], 'passage'))[0])).toEqual([0.707, 0, 0, 0.707]);
  });

  it('gives a text the same vector whatever it is embedded with', async () => {
    const embedder = await openEmbedder(config({ localPath }));
    const texts = ['boils', 'kettle boils', ...Array.from({ length: 20 }, (_, at) => `kettle${' boils'.repeat(at)}`)];
    const together = await embedder.embed(texts, 'passage');
    for (const [at, text] of texts.entries()) {
      expect(rounded(together[at])).toEqual(rounded((await embedder.embed([text], 'passage'))[0]));
    }
  });

  it('keeps the dimensions that are wanted, and says so where it has fewer', async () => {
    const embedder = await openEmbedder(config({ localPath, dimensions: 2, queryPrefix: 'asked ' }));
    expect(embedder.dimensions).toBe(2);
    expect(rounded((await embedder.embed(['kettle boils'], 'query'))[0])).toEqual([0.707, 0.707]);
    await expect(openEmbedder(config({ localPath, dimensions: 512 }))).rejects.toThrow(/4 dimensions, not 512/);
  });

  it('that gives a vector a word piece is not taken for one that gives one a text', async () => {
    await expect(openEmbedder(config({ localPath, pooling: 'none' }))).rejects.toThrow(/pooling to mean or cls/);
  });
});

describe('a cross-encoder', () => {
  const weights = { kettle: 1, boils: 2, tea: 1 };
  const localPath = writeModel(join(folder, 'judge'), crossEncoderModel(weights));
  const passages = ['tea', 'the kettle', 'a kettle that boils and boils', 'nothing of the kind'];

  it('reads question and passage together and tells them apart', async () => {
    const encoder = await openCrossEncoder({ model: 'tiny/judge', quantized: true, localPath });
    expect(await encoder.score('kettle', passages)).toEqual([0, 1, 1, 0]);
    expect(await encoder.score('boils, tea', passages)).toEqual([1, 0, 8, 0]);
    expect(await encoder.score('', passages)).toEqual([0, 0, 0, 0]);
    expect(await encoder.score('tea', [])).toEqual([]);
  });

  it('may say it with two labels, but not with three', async () => {
    const two = writeModel(join(folder, 'two'), crossEncoderModel(weights, 2));
    const three = writeModel(join(folder, 'three'), crossEncoderModel(weights, 3));
    const encoder = await openCrossEncoder({ model: 'tiny/two', quantized: true, localPath: two });
    expect(await encoder.score('kettle', passages)).toEqual([0, 1, 1, 0]);
    await expect(openCrossEncoder({ model: 'tiny/three', quantized: true, localPath: three })).rejects.toThrow(
      /tiny\/three tells 3 labels apart/,
    );
  });

  it('cuts what is longer than it can read', async () => {
    const encoder = await openCrossEncoder({ model: 'tiny/judge', quantized: true, localPath });
    const scores = await encoder.score('kettle \ud800', [`${'word '.repeat(1000)} kettle`, 'kettle', '\udfff kettle']);
    expect(scores).toEqual([0, 1, 1]);
  });

  it('that is not there is an error that says where it was looked for and how to do without', async () => {
    const missing = { model: 'tiny/missing', quantized: true, localPath: join(folder, 'missing') };
    await expect(openCrossEncoder(missing)).rejects.toThrow(
      /re-ranking model tiny\/missing from .*missing: check that the folder.*leaving its setting empty/,
    );
  });
});

describe('models of the Hub', () => {
  it('are downloaded once, and then come from the cache without any network', async () => {
    const models = join(folder, 'hub');
    writeModel(join(models, 'tiny/words'), embeddingModel(vectors));
    writeModel(join(models, 'tiny/judge'), crossEncoderModel({ kettle: 1 }));
    const hub = await openHub(models);
    env.remoteHost = hub.url;
    const cacheDir = join(folder, 'cache');
    const wanted = config({ cacheDir, quantized: false, queryPrefix: 'asked ' });
    const judge = { model: 'tiny/judge', quantized: true, cacheDir };
    const use = async (): Promise<unknown[]> => [
      rounded((await (await openEmbedder(wanted)).embed(['kettle'], 'query'))[0]),
      await (await openCrossEncoder(judge)).score('kettle', ['kettle']),
    ];

    expect(await use()).toEqual([[0.707, 0, 0.707, 0], [1]]);
    expect(hub.asked).toContain('/tiny/words/resolve/main/onnx/model.onnx');
    expect(hub.asked).toContain('/tiny/judge/resolve/main/onnx/model_quantized.onnx');
    const before = hub.asked.length;
    expect(await use()).toEqual([[0.707, 0, 0.707, 0], [1]]);
    expect(hub.asked).toHaveLength(before);
    await hub.close();
    expect(await use()).toEqual([[0.707, 0, 0.707, 0], [1]]);
  });

  it('that are not there are errors that name the model and the way out', async () => {
    const hub = await openHub(join(folder, 'empty'));
    env.remoteHost = hub.url;
    const cacheDir = join(folder, 'other-cache');
    await expect(openEmbedder(config({ model: 'tiny/absent', cacheDir }))).rejects.toThrow(
      /embedding model tiny\/absent from the Hugging Face Hub.*check its name and the connection.*bundled model/,
    );
    await hub.close();
    await expect(openCrossEncoder({ model: 'tiny/absent', quantized: true, cacheDir })).rejects.toThrow(
      /re-ranking model tiny\/absent from the Hugging Face Hub.*other-cache\/tiny\/absent/,
    );
  });
});
