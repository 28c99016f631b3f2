import { describe, expect, it } from 'vitest';
import { featuresOf } from '../../index/rerank/features.js';
import { rankedQuestion } from '../../index/rerank/question.js';
import { openWordVectors } from '../../index/word-vectors.js';
import type { Material } from '../../index/rerank/material.js';

/** A candidate that says `own`, in a thread of its own. */
function saying(own: string, key: number): Material {
  return {
    candidate: { key, score: 1 / key, similarity: 0, recovered: false },
    fields: { own, subject: 'Puffins', quoted: '', parent: '', opening: '' },
    speaker: 'Una Petrel',
    message: key,
    root: key,
    subject: 'Puffins',
    first: true,
    thread: [{ id: key, parent: null, depth: 0, position: 0, author: 'Una Petrel' }],
    replies: [],
  };
}

describe('what the ranking measures', () => {
  const question = rankedQuestion('Why do puffins nest on the eastern cliff?', () => 1);

  it('is a finite number of each candidate, and a column each', async () => {
    const texts = ['', 'Puffins nest there because the cliff is dry.', 'x'.repeat(10_000), '???'];
    const table = featuresOf(
      question,
      texts.map((text, at) => saying(text, at + 1)),
      await openWordVectors(),
    );
    for (const [name, column] of table) {
      expect(column, name).toHaveLength(texts.length);
      expect([...column].every(Number.isFinite), name).toBe(true);
    }
  });

  it('places those that come near to all that is asked: the first counts twice as much as the sixth', async () => {
    const texts = ['Lunch is at noon.', 'Puffins nest on the eastern cliff.', 'The cliff is steep.', '', '', ''];
    const table = featuresOf(
      question,
      texts.map((text, at) => saying(text, at + 1)),
      await openWordVectors(),
    );
    const places = [...(table.get('nearAllPlace') ?? [])];
    expect(places[1]).toBeCloseTo(1 / 5, 9);
    expect(places[2]).toBeCloseTo(1 / 6, 9);
    expect(Math.min(...places)).toBeCloseTo(1 / 10, 9);
    expect(new Set(places).size).toBe(texts.length);
  });

  it('tells what the others of a thread hold and a candidate lacks, in their own words and around them', async () => {
    const [asks, answers, elsewhere] = [
      saying('Where do puffins nest?', 1),
      saying('On the cliff.', 2),
      saying('On the cliff.', 3),
    ];
    const replied = { ...answers, root: 1, fields: { ...answers.fields, quoted: 'Is it the eastern one?' } };
    const table = featuresOf(question, [asks, replied, elsewhere], await openWordVectors());
    // Of puffins, nest, eastern and cliff, all subjects hold puffins.
    expect([...(table.get('ownElsewhere') ?? [])]).toEqual([0.25, 0.5, 0]);
    expect([...(table.get('allElsewhere') ?? [])]).toEqual([0.5, 0.25, 0]);
  });

  it('tells a monologue from a conversation', async () => {
    const alone = saying('Puffins nest.', 1);
    const [first] = alone.thread;
    const answered = { ...alone, thread: [first!, { ...first!, id: 2, parent: 1, depth: 1, author: 'Col Heron' }] };
    const share = async (material: Material) =>
      featuresOf(question, [material], await openWordVectors()).get('speakerShare')?.[0];
    expect([await share(alone), await share(answered)]).toEqual([1, 0.5]);
  });

  it('is nothing where there is no candidate', async () => {
    for (const column of featuresOf(question, [], await openWordVectors()).values()) expect(column).toHaveLength(0);
  });
});
