import { describe, expect, it } from 'vitest';
import { buildThreads } from '../../mail/threading.js';
import { id, node } from './thread-sketches.js';
import { processorTime } from '../processor-time.js';

describe('threading of hostile archives', { timeout: 120_000 }, () => {
  const many = 100_000;
  // Far above what it takes (about a second), far below what quadratic time would take (hours).
  const LIMIT = 60_000;
  const within = (milliseconds: number, work: () => void): void => {
    const spent = processorTime();
    work();
    expect(spent()).toBeLessThan(milliseconds);
  };

  it('takes a chain of 100,000 replies', () => {
    const chain = Array.from({ length: many }, (_, n) =>
      node({ name: `m${n}`, sent: n, answers: n === 0 ? [] : [`m${n - 1}`] }),
    );
    within(LIMIT, () => expect(buildThreads(chain, [])[0]?.members.at(-1)?.depth).toBe(many - 1));
  });

  it('takes 100,000 siblings, and as many covers of one series', () => {
    const siblings = Array.from({ length: many }, (_, n) =>
      node({ name: `m${n}`, sent: 1, answers: ['root'], subject: '' }),
    );
    within(LIMIT, () => expect(buildThreads(siblings, [])).toHaveLength(1));
    const series = Array.from({ length: many }, (_, n) =>
      node({ name: `m${n}`, sent: 1, subject: `[PATCH ${n % 2}/9] x` }),
    );
    within(LIMIT, () => expect(buildThreads(series, [])).toHaveLength(many / 2));
  });

  it('takes 100,000 replies in a circle', () => {
    const circle = Array.from({ length: many }, (_, n) =>
      node({ name: `m${n}`, sent: n, answers: [`m${(n + 1) % many}`] }),
    );
    within(LIMIT, () => expect(buildThreads(circle, [])).toHaveLength(1));
  });

  it('takes one message with 100,000 references, and keeps its root and parent', () => {
    const references = Array.from({ length: many }, (_, n) => `m${n}`);
    within(LIMIT, () => {
      const [only] = buildThreads([node({ name: 'reply', references })], []);
      expect(only?.rootId).toBe(id('m0'));
      expect(only?.members.at(-1)?.parentId).toBe(id(`m${many - 1}`));
    });
  });
});
