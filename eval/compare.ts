import { openLibrary } from '../index/open.js';
import type { Configuration } from './configurations.js';
import type { Question } from './questions.js';
import { runQuestions, summarise, type EvalSummary } from './run.js';

/** The figures of one configuration on one question set. */
export interface Row {
  readonly configuration: string;
  readonly figures: EvalSummary;
}

/** Asks every question of a set in every configuration. `onProgress`: what is measured, and questions done with it. */
export async function compare(
  dataDir: string,
  questions: readonly Question[],
  configurations: readonly Configuration[],
  onProgress: (configuration: string, done: number) => void,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const { name, open, everUnsure } of configurations) {
    const library = await openLibrary(dataDir, open);
    try {
      const results = await runQuestions(library, questions, {
        everUnsure,
        onProgress: (done) => onProgress(name, done),
      });
      rows.push({ configuration: name, figures: summarise(results) });
    } finally {
      library.close();
    }
  }
  return rows;
}
