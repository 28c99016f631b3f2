import type { Row } from './compare.js';
import type { EvalSummary } from './run.js';

/** Columns of a comparison: what stands above them, what they show. */
const COLUMNS: readonly (readonly [string, keyof EvalSummary])[] = [
  ['hit@1', 'hit@1'],
  ['hit@5', 'hit@5'],
  ['hit@10', 'hit@10'],
  ['MRR@10', 'MRR@10'],
  ['hit@50', 'hit@50'],
  ['support', 'supportShown'],
  ['of @5', 'supportShownWhenFound'],
  ['speaker', 'speakerRight'],
  ['refused', 'unanswerableDeclined'],
  ['wrongly', 'foundDeclined'],
  ['median', 'medianMs'],
  ['p95 ms', 'p95Ms'],
];

/** A figure for reading: counts as they are, milliseconds with one digit, shares and means with three. */
export function figureText(name: keyof EvalSummary, value: number): string {
  if (name === 'questions' || name === 'answerable') return String(value);
  return value.toFixed(name.endsWith('Ms') ? 1 : 3);
}

/** One line per configuration, aligned, under a line that says what was asked. */
export function comparisonText(set: string, rows: readonly Row[]): string {
  const { questions = 0, answerable = 0 } = rows[0]?.figures ?? {};
  const cells = rows.map(({ configuration, figures }) => [
    configuration,
    ...COLUMNS.map(([, name]) => figureText(name, figures[name])),
  ]);
  const table = [['', ...COLUMNS.map(([head]) => head)], ...cells];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  const lines = table.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0))).join('  '),
  );
  return [`${set}: ${questions} questions, ${answerable} of them answerable`, ...lines].join('\n');
}

/** What the columns mean, for below the last table. */
export const COMPARISON_KEY = [
  'hit@k: the first k messages hold one that answers; MRR: mean of 1/place; support, speaker: a quote holds the words',
  'that answer, and names who wrote them (of @5: of the questions with hit@5); refused: of the unanswerable questions;',
  'wrongly: of those with hit@5 (confidence is fitted on the learnt ranker; without it everything is answered).',
  'Times: milliseconds for one answer.',
].join('\n');
