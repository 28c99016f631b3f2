import type Database from 'better-sqlite3';
import { openConnected, type Connected } from './connected.js';
import { openCorrection } from './correction.js';
import { openCrossEncoder } from './cross-encoder.js';
import { openDatabase } from './database.js';
import { openEmbedder, type EmbedderConfig } from './embedder.js';
import { openFilter } from './filter.js';
import type { Generation } from './generation.js';
import { openIdentities, type Identities } from './identities.js';
import { openKnownWords } from './known-words.js';
import { openLexical } from './lexical.js';
import type { LibraryMessage } from './library.js';
import { openMessages, type Messages } from './messages.js';
import { readRecorded, type Recorded } from './meta.js';
import type { ModelSource } from './model-files.js';
import type { PassageFields } from './passage.js';
import { openPatchStates, type PatchStates } from './patch-states.js';
import { openPassages, type Passages } from './passages.js';
import type { LinearModel } from './rerank/linear.js';
import { openRerank } from './rerank/rerank.js';
import { openSearch, type Rerank } from './search.js';
import { openSightings, type Sightings } from './sightings.js';
import { openTermWeights } from './term-weights.js';
import { openThreads, type Threads } from './threads.js';
import { openSpelling } from './spelling.js';
import { openSpoken, type SpokenPassages } from './spoken.js';
import { openVectors, type Vectors } from './vectors.js';

export interface OpenOptions {
  /** The model that questions must be embedded with; what the index records where not given. */
  readonly embedder?: EmbedderConfig;
  /** A cross-encoder that orders the best hits anew; none where not given. */
  readonly crossEncoder?: ModelSource;
  readonly ranking?: RankingParts;
  /** Open an index of another schema version too, as far as its tables allow: for `copyTruth` into a new one, for nothing else. */
  readonly anySchema?: boolean;
}

/** Parts of the ranking that can be left out or replaced, to measure what each is worth. All of them are used where nothing is said. */
export interface RankingParts {
  /** The fields that are searched by words. */
  readonly fields?: readonly (keyof PassageFields)[];
  readonly vectors?: boolean;
  readonly rerank?: Rerank | false;
  /** What the re-ranker adds up, where it is not the bundled model. */
  readonly model?: LinearModel;
}

/** One generation, opened: its tables, each behind its own functions. */
export interface Store {
  readonly db: Database.Database;
  readonly generation: Generation;
  readonly recorded: Recorded;
  readonly identities: Identities;
  readonly messages: Messages;
  readonly sightings: Sightings;
  readonly patchStates: PatchStates;
  readonly threads: Threads;
  readonly passages: Passages;
  readonly spoken: SpokenPassages;
  readonly vectors: Vectors;
  readonly connected: Connected;
  readonly search: ReturnType<typeof openSearch>;
  readonly correction: ReturnType<typeof openCorrection>;
  readonly weightOf: ReturnType<typeof openTermWeights>;
  libraryMessage(number: number): LibraryMessage | null;
}

export function openStore(generation: Generation, mode: 'read' | 'write', options: OpenOptions): Store {
  const db = openDatabase(generation.store, mode);
  try {
    const recorded = readRecorded(db, generation.folder, {
      embedder: options.embedder ?? null,
      anySchema: options.anySchema === true,
    });
    const identities = openIdentities(db);
    const messages = openMessages(db, identities);
    const threads = openThreads(db, identities);
    const passages = openPassages(db, identities);
    const vectors = openVectors(db, generation, recorded.embedder.model, recorded.dimensions);
    // A machine may keep the model elsewhere than where the index was made.
    const config = options.embedder ?? recorded.embedder;
    const { crossEncoder } = options;
    const { fields, vectors: byVectors = true, rerank, model } = options.ranking ?? {};
    const weightOf = openTermWeights(db);
    const search = openSearch({
      db,
      lexical: openLexical(db, fields),
      spelling: openSpelling(db),
      vectors: byVectors ? vectors : null,
      passages,
      allowedKeys: openFilter(db, identities),
      embedder: onFirstUse(() => openEmbedder({ ...config, dimensions: recorded.dimensions })),
      rerank: rerank ?? openRerank(db, identities, passages, weightOf, model),
      crossEncoder: crossEncoder === undefined ? null : onFirstUse(() => openCrossEncoder(crossEncoder)),
    });
    const correction = openCorrection(db, onFirstUse(openKnownWords));
    const sightings = openSightings(db, identities);
    const patchStates = openPatchStates(db, identities);
    const connected = openConnected(db);
    const spoken = openSpoken(db, identities);
    return {
      ...{ db, generation, recorded, identities, messages, sightings, patchStates, threads, passages },
      ...{ spoken, vectors, connected, search, correction, weightOf },
      libraryMessage: (number) => libraryMessage(messages, threads, number),
    };
  } catch (error) {
    db.close();
    throw error;
  }
}

/** Opens something once, when it is first wanted. What could not be opened (a model while the network is down) is tried again. */
function onFirstUse<T>(open: () => Promise<T>): () => Promise<T> {
  let opened: Promise<T> | null = null;
  return () => {
    opened ??= open().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}

function libraryMessage(messages: Messages, threads: Threads, number: number): LibraryMessage | null {
  const message = messages.load(number, () => threads.sources(number));
  if (message === null) return null;
  // Not a copy by spread: that would label the text at once.
  return Object.assign(message, threads.place(number) ?? { parentId: null, rootId: message.messageId });
}
