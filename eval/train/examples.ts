import type { Library } from '../../index/library.js';
import { openLibrary, storeOf } from '../../index/open.js';
import { featuresOf } from '../../index/rerank/features.js';
import type { FeatureTable } from '../../index/rerank/linear.js';
import { openMaterial, type Material } from '../../index/rerank/material.js';
import { rankedQuestion } from '../../index/rerank/question.js';
import type { Candidate } from '../../index/search.js';
import { openWordVectors, type WordVectors } from '../../index/word-vectors.js';
import { readQuestions, type Question } from '../questions.js';

/** A question with all that the first stage found for it. */
export interface Example {
  readonly question: Question;
  readonly features: FeatureTable;
  readonly candidates: readonly {
    /** 2 for the passage that holds the support, 1 for others of a message that answers, 0 for the rest. */
    readonly label: number;
    /** Candidates of one message are one hit. */
    readonly message: number;
  }[];
}

/** What an index finds for each question of a set, measured and labelled: what a ranker is trained on and judged by. */
export async function examplesOf(dataDir: string, questionsPath: string): Promise<Example[]> {
  let found: readonly Candidate[] = [];
  const library = await openLibrary(dataDir, {
    ranking: {
      rerank: (_question, candidates) => {
        found = candidates;
        return Promise.resolve(candidates.map(({ score }) => score));
      },
    },
  });
  try {
    const read = openMeasures(library, await openWordVectors());
    const examples: Example[] = [];
    for (const question of await readQuestions(questionsPath)) {
      found = [];
      await library.search({ question: question.question, filter: {}, limit: 1 });
      examples.push(read(question, found));
    }
    return examples;
  } finally {
    library.close();
  }
}

function openMeasures(library: Library, words: WordVectors) {
  const { db, identities, passages, weightOf } = storeOf(library);
  const materialOf = openMaterial(db, identities, passages);
  return (question: Question, found: readonly Candidate[]): Example => {
    // The sets' answers are all messages that are there: recovered words among the wrong candidates would teach that they never answer.
    const materials = materialOf(found.filter(({ recovered }) => !recovered));
    const features = featuresOf(rankedQuestion(question.question, weightOf), materials, words);
    const gold = new Set(question.gold);
    const candidates = materials.map((material) => ({
      label: gold.has(identities.messageId(material.message)) ? labelOf(material, question.support) : 0,
      message: material.message,
    }));
    return { question, features, candidates };
  };
}

function labelOf({ fields }: Material, support: string | null): number {
  const collapsed = (text: string): string => text.replace(/\s+/g, ' ').trim();
  return support !== null && collapsed(fields.own).includes(collapsed(support)) ? 2 : 1;
}
