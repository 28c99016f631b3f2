import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/**
 * A question whose answer is known. `gold` holds the Message-IDs whose own words answer it; a question without any is one that
 * the archive does not answer, unless `speaker` says who must be credited (words that survive only as a quote).
 */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly gold: readonly string[];
  /** A verbatim passage that answers, whitespace collapsed; null where nothing does. */
  readonly support: string | null;
  readonly speaker: string | null;
  readonly answerable: boolean;
}

const line = z.object({
  id: z.string(),
  q: z.string().min(1),
  gold: z.array(z.string()).optional(),
  messages: z.array(z.string()).optional(),
  quotedBy: z.array(z.string()).optional(),
  support: z.string().nullish(),
  author: z.string().nullish(),
  speaker: z.string().nullish(),
});

/** Reads one question set (JSON lines). Throws an error that names the file and line of what it cannot read. */
export async function readQuestions(path: string): Promise<Question[]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`cannot read the questions ${path}: check the path`, { cause });
  });
  return text
    .split('\n')
    .flatMap((json, index) => (json.trim() === '' ? [] : [parseQuestion(json, `${path}:${index + 1}`)]));
}

function parseQuestion(json: string, where: string): Question {
  try {
    const { id, q, gold, messages, quotedBy, support, author, speaker } = line.parse(JSON.parse(json));
    const ids = gold ?? [...(messages ?? []), ...(quotedBy ?? [])];
    const named = speaker ?? author ?? null;
    const words = support ? support : null;
    return { id, question: q, gold: ids, support: words, speaker: named, answerable: ids.length > 0 || words !== null };
  } catch (cause) {
    throw new Error(`${where} is no question: expected {"id", "q", "gold", "support", "author"}`, { cause });
  }
}
