/** An index and the questions over it. */
export interface QuestionSet {
  /** As it was given. */
  readonly name: string;
  readonly dataDir: string;
  readonly questions: string;
}

/** Reads `<data folder>=<questions.jsonl>`. */
export function parseSet(name: string): QuestionSet {
  const [dataDir, questions] = name.split('=');
  if (!dataDir || !questions) throw new Error(`${name}: expected <data folder>=<questions.jsonl>`);
  return { name, dataDir, questions };
}
