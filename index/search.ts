import type Database from 'better-sqlite3';
import type { CrossEncoder } from './cross-encoder.js';
import { embeddedText, type Embedder } from './embedder.js';
import type { AllowedKeys } from './filter.js';
import { fusedScore, joinFound, type Found } from './fusion.js';
import type { Lexical } from './lexical.js';
import type { Hit, SearchRequest } from './library.js';
import type { Passages } from './passages.js';
import type { Vectors } from './vectors.js';

/** A passage that either list found, with what can be known of it without reading it. */
export interface Candidate extends Found {
  readonly key: number;
  /** The fused score, robots held back. */
  readonly score: number;
  /** Cosine of question and passage; measured for every candidate where there is a re-ranker. */
  readonly similarity: number;
  readonly recovered: boolean;
}

/** A second look at the candidates: one score each, higher is better, in their order. */
export type Rerank = (question: string, candidates: readonly Candidate[]) => Promise<readonly number[]>;

export interface SearchParts {
  readonly db: Database.Database;
  readonly lexical: Lexical;
  /** Adds what misspelt words were meant to be. */
  readonly spelling: (question: string) => string;
  /** Null where only words are searched. */
  readonly vectors: Vectors | null;
  readonly passages: Passages;
  readonly allowedKeys: AllowedKeys;
  readonly embedder: () => Promise<Embedder>;
  readonly rerank: Rerank | false;
  /** A last look at the best, after the re-ranker; null where there is none. */
  readonly crossEncoder: (() => Promise<CrossEncoder>) | null;
}

const FROM_WORDS = 150;
const FROM_VECTORS = 100;
/** So many of both lists are looked at again: on five archives, what stands further down hardly ever comes among the first ten. */
const LOOKED_AT = 100;
/** Robots outnumber people and repeat themselves: what they say counts half. */
const ROBOT_SHARE = 0.5;

interface CandidateRow {
  readonly message: number;
  readonly recovered: number;
  readonly source: number | null;
  readonly speaker: number;
  readonly robot: number;
}

type Placed = Candidate & { readonly saying: string };

/** Question in, hits out: words and vectors, fused, looked at again where there is a re-ranker, one passage per message. */
export function openSearch(parts: SearchParts): (request: SearchRequest) => Promise<Hit[]> {
  const row = parts.db.prepare<[number], CandidateRow>(
    `SELECT passage.message, recovered, source, speaker, robot
     FROM passage JOIN message ON message.id = passage.message WHERE key = ?`,
  );

  function place(key: number, found: Found): Placed[] {
    const known = row.get(key);
    if (known === undefined) return [];
    const score = fusedScore(found) * (known.robot === 1 ? ROBOT_SHARE : 1);
    const saying = known.source === null ? `${known.message} ${known.speaker}` : String(known.source);
    const similarity = found.vector?.similarity ?? 0;
    return [{ ...found, key, score, similarity, recovered: known.recovered === 1, saying }];
  }

  return async ({ question: asked, filter, limit }) => {
    if (asked.trim() === '' || limit < 1) return [];
    const question = parts.spelling(asked);
    const query = parts.vectors === null ? null : await embedded(await parts.embedder(), question);
    const allowed = parts.allowedKeys(filter);
    if (allowed?.size === 0) return [];
    const byWords = parts.lexical.nearest(question, FROM_WORDS, allowed);
    const byVector = query === null ? [] : (parts.vectors?.nearest(query, FROM_VECTORS, allowed) ?? []);
    const placed = [...joinFound(byWords, byVector)].flatMap(([key, found]) => place(key, found));
    const ranked =
      parts.rerank === false
        ? placed.map((candidate) => ({ candidate, score: candidate.score }))
        : await reranked(parts, parts.rerank, question, query, bestOf(placed));
    const best = await readTogether(parts, question, onePerMessage(ranked));
    return hits(parts.passages, best, limit, parts.rerank !== false || parts.crossEncoder !== null);
  };
}

const MAX_EMBEDDED = 2000;
/** So many of the best are read together with the question: each takes a small model some 10 ms, and an answer looks at no more. */
const READ_TOGETHER = 30;

async function embedded(embedder: Embedder, question: string): Promise<Float32Array | null> {
  const [query] = await embedder.embed([question.slice(0, MAX_EMBEDDED)], 'query');
  return query ?? null;
}

interface Ranked {
  readonly candidate: Placed;
  readonly score: number;
}

/** The best by the fused score, equal ones in the order of keys. */
function bestOf(placed: readonly Placed[]): Placed[] {
  return [...placed].sort((a, b) => b.score - a.score || a.key - b.key).slice(0, LOOKED_AT);
}

async function reranked(
  { vectors }: SearchParts,
  rerank: Rerank,
  question: string,
  query: Float32Array | null,
  placed: readonly Placed[],
): Promise<Ranked[]> {
  const whole = placed.map((candidate) => ({
    ...candidate,
    similarity: candidate.vector?.similarity ?? (query && vectors?.similarity(query, candidate.key)) ?? 0,
  }));
  const scores = await rerank(question, whole);
  return whole.map((candidate, at) => ({ candidate, score: scores[at] ?? 0 }));
}

/** The best passage of each message, best first. Equal scores keep the order of keys, so that a search can be repeated. */
function onePerMessage(ranked: readonly Ranked[]): Ranked[] {
  const best = new Map<string, Ranked>();
  for (const one of [...ranked].sort((a, b) => b.score - a.score || a.candidate.key - b.candidate.key)) {
    if (!best.has(one.candidate.saying)) best.set(one.candidate.saying, one);
  }
  return [...best.values()];
}

/**
 * Lets a cross-encoder, where there is one, order the best anew. Each place keeps its score, which confidence is fitted on: a model's own scores
 * are on a scale of its own.
 */
async function readTogether(
  { passages, crossEncoder }: SearchParts,
  question: string,
  ranked: readonly Ranked[],
): Promise<readonly Ranked[]> {
  if (crossEncoder === null || ranked.length === 0) return ranked;
  const head = ranked.slice(0, READ_TOGETHER);
  const texts = head.map(({ candidate }) => {
    const passage = passages.load(candidate.key);
    return passage === null ? '' : embeddedText(passage.fields);
  });
  const scores = await (await crossEncoder()).score(question, texts);
  const order = [...head.keys()].sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return ranked.map((one, place) => ({
    score: one.score,
    candidate: (ranked[order[place] ?? place] ?? one).candidate,
  }));
}

function hits(passages: Passages, ranked: readonly Ranked[], limit: number, rerank: boolean): Hit[] {
  const found: Hit[] = [];
  for (const [at, { candidate, score }] of ranked.slice(0, limit).entries()) {
    const passage = passages.load(candidate.key);
    if (passage === null) continue;
    const { lexical, vector } = candidate;
    const ranks = {
      ...(lexical === undefined ? {} : { lexical: lexical.rank }),
      ...(vector === undefined ? {} : { vector: vector.rank }),
      ...(rerank ? { rerank: at + 1 } : {}),
    };
    found.push({ passage, score, ranks });
  }
  return found;
}
