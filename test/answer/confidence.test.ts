import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidence, leastConfidence, mostlyAbsent, smallestFitted } from '../../answer/silence/confidence.js';
import type { Evidence } from '../../answer/silence/evidence.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const evidence: fc.Arbitrary<Evidence> = fc.record({
  best: fc.double({ min: 0, max: 15, noNaN: true }),
  absent: share,
  held: share,
  nearest: share,
  telling: fc.double({ min: 0, max: 8, noNaN: true }),
  around: share,
  byVector: share,
  covered: share,
});
const messages = fc.integer({ min: 1, max: 100_000 });

describe('how sure an answer is', () => {
  it('is a share, and grows with what speaks for it', () => {
    fc.assert(
      fc.property(evidence, messages, share, (one, many, more) => {
        const sure = confidence(one, many);
        expect(sure).toBeGreaterThanOrEqual(0);
        expect(sure).toBeLessThanOrEqual(1);
        const held = Math.max(one.held, more);
        expect(confidence({ ...one, held }, many)).toBeGreaterThanOrEqual(sure);
        const absent = Math.max(one.absent, more);
        expect(confidence({ ...one, absent }, many)).toBeLessThanOrEqual(sure);
      }),
    );
  });

  it('is nothing where next to nothing of the question is spoken of, whatever else was found', () => {
    fc.assert(
      fc.property(evidence, messages, fc.double({ min: mostlyAbsent, max: 1, noNaN: true }), (one, many, absent) => {
        expect(confidence({ ...one, absent }, many)).toBeLessThan(leastConfidence);
      }),
    );
  });

  it('is the same for all archives that are no smaller than those it is fitted on', () => {
    fc.assert(
      fc.property(evidence, fc.integer({ min: smallestFitted, max: 100_000 }), (one, many) => {
        expect(confidence(one, many)).toBe(confidence(one));
      }),
    );
  });

  it('is how much of the question is held where there is hardly anything to rank', () => {
    const found = { best: 4, absent: 0.3, held: 0.4, nearest: 0, telling: 1, around: 0.4, byVector: 0.2, covered: 1 };
    expect(confidence(found, 5)).toBeGreaterThan(leastConfidence);
    expect(confidence({ ...found, covered: 0.2 }, 5)).toBeLessThan(leastConfidence);
  });
});
