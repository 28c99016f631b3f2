import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUNDLED_MODEL, embeddedText, openEmbedder } from '../../index/embedder.js';
import { packagePath } from '../../index/package-path.js';
import { temporaryFolder } from './folder.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function cosine(one: Float32Array | undefined, other: Float32Array | undefined): number {
  return Array.from(one ?? []).reduce((sum, value, at) => sum + value * (other?.[at] ?? NaN), 0);
}

describe('the bundled model', () => {
  it('gives unit vectors of its size, one a text, whatever the text', async () => {
    const embedder = await openEmbedder(BUNDLED_MODEL);
    expect(embedder).toMatchObject({ id: BUNDLED_MODEL.model, dimensions: 256 });
    const texts = [
      'a kernel oops',
      '',
      ' ',
      '\0',
      '\ud800',
      '🫖',
      'word '.repeat(20_000),
      ...Array.from({ length: 20 }, String),
    ];
    const vectors = await embedder.embed(texts, 'passage');
    expect(vectors).toHaveLength(texts.length);
    for (const vector of vectors) {
      expect(vector).toHaveLength(256);
      expect(cosine(vector, vector)).toBeCloseTo(1, 4);
    }
    expect(await embedder.embed([], 'query')).toEqual([]);
  });

  it('puts like texts nearer than unlike ones', async () => {
    const embedder = await openEmbedder(BUNDLED_MODEL);
    const [question, near, far] = await embedder.embed(
      [
        'how do I rebuild a degraded RAID array?',
        'mdadm --add the disk and the array rebuilds',
        'The antenna gain is 3 dB.',
      ],
      'query',
    );
    expect(cosine(question, near)).toBeGreaterThan(cosine(question, far) + 0.1);
  });

  it('keeps its first dimensions, normalised, where fewer are wanted', async () => {
    const [whole] = await (await openEmbedder(BUNDLED_MODEL)).embed(['kettle'], 'query');
    const short = await openEmbedder({ ...BUNDLED_MODEL, dimensions: 64 });
    const [cut] = await short.embed(['kettle'], 'query');
    expect(short.dimensions).toBe(64);
    expect(cosine(cut, cut)).toBeCloseTo(1, 4);
    expect((cut?.[3] ?? 0) / (cut?.[5] ?? 1)).toBeCloseTo((whole?.[3] ?? 0) / (whole?.[5] ?? 1), 3);
  });
});

describe('a model of the user', () => {
  it('is loaded from its folder, with its pooling and prefixes', async () => {
    const copy = join(folder, 'other-model');
    cpSync(packagePath('index/model'), copy, { recursive: true });
    const config = {
      model: 'example/other',
      pooling: 'mean',
      queryPrefix: 'query: ',
      passagePrefix: '',
      quantized: true,
      localPath: copy,
    } as const;
    const embedder = await openEmbedder(config);
    expect(embedder).toMatchObject({ id: 'example/other', dimensions: 256 });
    const bundled = await openEmbedder(BUNDLED_MODEL);
    const [asked] = await embedder.embed(['kettle'], 'query');
    const [said] = await embedder.embed(['kettle'], 'passage');
    expect(cosine(asked, (await bundled.embed(['query: kettle'], 'passage'))[0])).toBeCloseTo(1, 4);
    expect(cosine(said, (await bundled.embed(['kettle'], 'passage'))[0])).toBeCloseTo(1, 4);
  });

  it('that is not there is an error that names it and the way out', async () => {
    const config = { ...BUNDLED_MODEL, model: 'example/missing', localPath: join(folder, 'missing') };
    await expect(openEmbedder(config)).rejects.toThrow(/example\/missing.*bundled model/s);
    await expect(openEmbedder(BUNDLED_MODEL)).resolves.toBeDefined();
  });
});

it('embeds subject, own and quoted words, to a length that models read', () => {
  const fields = { own: 'own', subject: 'subject', quoted: '', parent: 'parent', opening: 'opening' };
  expect(embeddedText(fields)).toBe('subject\nown');
  expect(embeddedText({ ...fields, quoted: 'quoted' })).toBe('subject\nown\nquoted');
  expect(embeddedText({ ...fields, own: 'x'.repeat(1e6) }).length).toBeLessThanOrEqual(1200);
});
