import { availableParallelism } from 'node:os';
import type { RawMessage } from '../mail/message.js';
import type { EmbedderConfig } from '../index/embedder.js';
import type { StoredSighting, WovenThread } from '../index/library.js';
import { Pool } from './pool.js';
import type { Decoded } from './steps.js';
import { Steps } from './steps.js';
import type { Unlabelled } from './unlabelled.js';

/** A job for a worker thread. */
export type Job =
  | { readonly kind: 'load' }
  | { readonly kind: 'decode'; readonly raws: readonly RawMessage[] }
  | { readonly kind: 'weave'; readonly messages: readonly Unlabelled[]; readonly sightings: readonly StoredSighting[] }
  | { readonly kind: 'embed'; readonly texts: readonly string[] };

/** What jobs give, by kind. */
export interface Results {
  readonly load: null;
  readonly decode: Decoded[];
  readonly weave: WovenThread[];
  readonly embed: Float32Array[];
}

/** The steps of an ingest that need no database: they run here, or on worker threads once there is enough to do. */
export interface Stages {
  decode(raws: readonly RawMessage[]): Promise<Decoded[]>;
  weave(messages: readonly Unlabelled[], sightings: readonly StoredSighting[]): Promise<WovenThread[]>;
  embed(texts: readonly string[]): Promise<Float32Array[]>;
  /** Takes back what is not begun. */
  close(): void;
}

/** Up to so many messages are decoded on the main thread: starting threads, each with its model, takes as long as 200 messages. */
const INLINE = 200;

/** `workers`: how many threads; one for each core unless told. */
export function openStages(config: EmbedderConfig, workers = workerCount()): Stages {
  const inline = new Steps(config);
  let crew: Crew | null = null;
  let handed = 0;
  async function run<K extends Job['kind']>(job: Extract<Job, { kind: K }>, size: number): Promise<Results[K]> {
    handed += size;
    if (handed > INLINE) crew ??= crewFor(config, workers);
    if (crew === null) return (await inline.run(job)) as Results[K];
    if (job.kind === 'embed') await crew.loaded;
    return (await crew.pool.run(...movable(job))) as Results[K];
  }
  return {
    decode: (raws) => run({ kind: 'decode', raws }, raws.length),
    weave: (messages, sightings) => run({ kind: 'weave', messages, sightings }, messages.length),
    embed: (texts) => run({ kind: 'embed', texts }, texts.length),
    close: () => crew?.pool.cancel(new Error('the ingest was stopped')),
  };
}

/** Worker threads, and when all of them have loaded the model. */
interface Crew {
  readonly pool: Pool<Job, Results[Job['kind']]>;
  readonly loaded: Promise<void>;
}

/**
 * One crew for each model, for as long as the process lives, and one thread after the other loads the model: onnxruntime-node keeps one pointer for
 * all threads that load it, and cannot be loaded again once the threads that had it are gone ("Module did not self-register", or memory corruption).
 */
const crews = new Map<string, Crew>();

function crewFor(config: EmbedderConfig, workers: number): Crew {
  const key = JSON.stringify([config, workers]);
  const present = crews.get(key);
  if (present !== undefined && !present.pool.isBroken) return present;
  const pool: Crew['pool'] = new Pool(workerProgram(), workers, config);
  const loaded = pool.each({ kind: 'load' });
  // Whoever embeds sees the failure; until then it must not count as unhandled.
  loaded.catch(() => undefined);
  const crew = { pool, loaded };
  crews.set(key, crew);
  return crew;
}

/**
 * A job with the memory that it can take along. A clone of octets would copy all of the buffer that they are a part of, so those of a batch
 * are gathered in one of their own.
 */
function movable(job: Job): [Job, ArrayBuffer[]] {
  if (job.kind !== 'decode') return [job, []];
  const size = (raw: RawMessage): number => (raw.content.kind === 'octets' ? raw.content.octets.length : 0);
  const gathered = new Uint8Array(job.raws.reduce((sum, raw) => sum + size(raw), 0));
  let to = 0;
  const raws = job.raws.map((raw): RawMessage => {
    if (raw.content.kind === 'fields') return raw;
    const octets = gathered.subarray(to, to + size(raw));
    octets.set(raw.content.octets);
    to += octets.length;
    return { ...raw, content: { kind: 'octets', octets } };
  });
  return [{ kind: 'decode', raws }, [gathered.buffer]];
}

/** One thread for each core: the main thread mostly waits for SQLite. */
function workerCount(): number {
  return Math.max(1, Math.min(8, availableParallelism()));
}

/** The compiled worker: beside this file, or, where this runs from source (tests do), in `dist/`. */
export function workerProgram(): URL {
  const here = import.meta.url;
  return here.endsWith('.ts') ? new URL('../dist/ingest/worker.js', here) : new URL('worker.js', here);
}
