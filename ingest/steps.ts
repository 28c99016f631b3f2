import { assertNever } from '../mail/assert-never.js';
import type { RawMessage } from '../mail/message.js';
import { openEmbedder, type Embedder, type EmbedderConfig } from '../index/embedder.js';
import { decodeMessage } from './decode.js';
import type { SkipReason } from './readers/reader.js';
import type { Job, Results } from './stages.js';
import { labelledLater, withoutBlocks, type Unlabelled } from './unlabelled.js';
import { weaveThreads } from './weave.js';

export type Decoded =
  | { readonly kind: 'message'; readonly message: Unlabelled }
  | { readonly kind: 'skipped'; readonly reason: SkipReason };

/** Runs jobs on the thread that it is made on. The model is loaded when the first text is to be embedded. */
export class Steps {
  readonly #config: EmbedderConfig;
  #embedder: Promise<Embedder> | null = null;

  constructor(config: EmbedderConfig) {
    this.#config = config;
  }

  async run(job: Job): Promise<Results[Job['kind']]> {
    switch (job.kind) {
      case 'decode':
        return Promise.all(job.raws.map(decode));
      case 'weave':
        return weaveThreads(job.messages.map(labelledLater), job.sightings);
      case 'load':
        await this.#loaded();
        return null;
      case 'embed':
        return (await this.#loaded()).embed(job.texts, 'passage');
      default:
        return assertNever(job);
    }
  }

  #loaded(): Promise<Embedder> {
    return (this.#embedder ??= openEmbedder(this.#config));
  }
}

async function decode(raw: RawMessage): Promise<Decoded> {
  const result = await decodeMessage(raw);
  return result.ok
    ? { kind: 'message', message: withoutBlocks(result.message) }
    : { kind: 'skipped', reason: result.reason };
}
