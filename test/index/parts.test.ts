import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isNamed } from '../../index/filter.js';
import { fusedScore, joinFound } from '../../index/fusion.js';
import { queryTerms } from '../../index/query-terms.js';
import { cosine, decodeVector, encodeVector } from '../../index/vector-code.js';
import { vectorFor } from './build.js';

describe('query terms', () => {
  it.each([
    ['Why does the array degrade?', ['array', 'degrade']],
    ['what is devm_memremap_pages()', ['devm', 'memremap', 'pages', 'devm memremap pages']],
    ['drivers/md/raid5.c:120', ['drivers', 'md', 'raid5', '120', 'drivers md raid5 c']],
    ['"bad block log" on v5.10', ['bad', 'block', 'log', 'v5', '10', 'bad block log', 'v5 10']],
    ['std::vector', ['std', 'vector', 'std vector']],
    ['who is it?', ['who', 'is', 'it']],
    ['commit 3f2a9c1 3f2a9c1', ['commit', '3f2a9c1']],
    ['a) "; DROP', ['drop']],
    ['???', []],
  ])('%s', (question, expected) => {
    expect([...queryTerms(question)].sort()).toEqual(expected.map((term) => `"${term}"`).sort());
  });

  it('hold no quote inside a term, for any question', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (question) => {
        for (const term of queryTerms(question)) expect(term).toMatch(/^"[^"\0]+"$/u);
      }),
    );
  });
});

describe('author filters', () => {
  const mailbox = { name: 'Müller, Hans (Acme)', address: 'h.mueller@example.org', masked: null };
  it.each([
    ['hans müller', true],
    ['MULLER', true],
    ['h.mueller@example.org', true],
    ['han', false],
    ['hans schmidt', false],
    ['', false],
  ])('%s → %s', (wanted, expected) => expect(isNamed(mailbox, wanted)).toBe(expected));
});

describe('stored vectors', () => {
  it('lose next to nothing', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const vector = vectorFor(text);
        const code = encodeVector(vector);
        expect(cosine(vector, code)).toBeGreaterThan(0.9995);
        expect(cosine(decodeVector(code), code)).toBeCloseTo(1, 5);
      }),
    );
    expect(decodeVector(encodeVector(new Float32Array(4)))).toEqual(new Float32Array(4));
  });
});

describe('fusion', () => {
  it('puts what both lists found before what one did', () => {
    const joined = joinFound(
      [
        { key: 1, score: 9 },
        { key: 2, score: 8 },
      ],
      [
        { key: 3, similarity: 0.9 },
        { key: 2, similarity: 0.8 },
      ],
    );
    const order = [...joined].sort(([, a], [, b]) => fusedScore(b) - fusedScore(a)).map(([key]) => key);
    expect(order).toEqual([2, 1, 3]);
    expect(joined.get(2)).toEqual({ lexical: { rank: 2, score: 8 }, vector: { rank: 2, similarity: 0.8 } });
  });
});
