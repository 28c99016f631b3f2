import { newsServer, type NewsServer } from '../../archive-servers/news.js';
import { mail } from '../archives.js';
import { stageWith, type Stage } from './archive-stage.js';

/** A stage whose server serves a newsgroup about gauges. */
export interface NewsStage extends Stage<NewsServer> {
  /** Puts an article at each of these numbers. */
  fill(...numbers: readonly number[]): void;
}

/** Sets the stage for each test of the file that calls this. */
export function newsStage(): NewsStage {
  const on = stageWith(newsServer);
  const fill = (...numbers: readonly number[]): void => {
    for (const number of numbers) on.server.articles.set(number, article(number));
  };
  return Object.assign(on, { fill });
}

/** The article `Gauge <number>`, sent at that minute. */
export function article(number: number, text = `Gauge ${number} leaks at seam ${number * 3}.`): string {
  return mail({
    id: `n${number}@example.org`,
    date: new Date(Date.UTC(2024, 2, 1, 0, number)).toUTCString(),
    subject: `Gauge ${number}`,
    text,
  });
}

/** The numbers from 1 to `count`. */
export function upTo(count: number): number[] {
  return Array.from({ length: count }, (_, at) => at + 1);
}
