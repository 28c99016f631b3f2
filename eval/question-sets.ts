const form = '<data folder>=<questions.jsonl>';

/** How a command's help describes the sets that it takes. */
export const setsDescription = `${form}: an index and the questions over it`;

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
  if (!dataDir || !questions) throw new Error(`${name}: expected ${form}`);
  return { name, dataDir, questions };
}

/** The same sets as a command would name them anywhere: without the folders of one machine. */
export function withoutFolders(names: readonly string[]): string {
  return names.map((name) => name.replaceAll(/[^ =]*\//g, '')).join(' ');
}
