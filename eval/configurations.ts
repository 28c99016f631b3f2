import type { PassageFields } from '../index/passage.js';
import type { OpenOptions } from '../index/store.js';
import type { Models } from '../settings.js';

/** How an index is opened to be measured. */
export interface Configuration {
  readonly name: string;
  readonly open: OpenOptions;
  /** Whether every question is answered: confidence is fitted on what the learnt ranker says. */
  readonly everUnsure: boolean;
}

/** Everything that answering uses. */
export function allParts(models: Models): Configuration {
  return { name: 'all parts', open: models, everUnsure: false };
}

/** The ranking built up part by part, so that each shows what it is worth. The cross-encoder only where one is set. */
export function partByPart({ embedder, crossEncoder }: Models): Configuration[] {
  const model = embedder === undefined ? {} : { embedder };
  const words = (name: string, fields: readonly (keyof PassageFields)[]): Configuration => ({
    name,
    open: { ...model, ranking: { fields, vectors: false, rerank: false } },
    everUnsure: true,
  });
  const whole = [
    words('own words', ['own']),
    words('+ subject', ['own', 'subject']),
    words('+ conversation', ['own', 'subject', 'quoted', 'parent', 'opening']),
    { name: '+ vectors', open: { ...model, ranking: { rerank: false as const } }, everUnsure: true },
    { name: '+ learnt ranker', open: model, everUnsure: false },
  ];
  return crossEncoder === undefined
    ? whole
    : [...whole, { name: '+ cross-encoder', open: { ...model, crossEncoder }, everUnsure: false }];
}
