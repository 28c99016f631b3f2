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

/** The same sets as a command would name them anywhere: without the folders of one machine. */
export function withoutFolders(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(/[^ =]*\//g, '')).join(' ');
}
