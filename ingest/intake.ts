import type { RawMessage } from '../mail/message.js';
import type { MessageId } from '../mail/message-id.js';
import type { LibraryWriter, PatchState } from '../index/library.js';
import { assertNever } from '../mail/assert-never.js';
import { placeOverview } from './overview.js';
import type { StoreItem } from './readers/reader.js';
import type { Tally } from './report.js';
import { shelve, withdraw } from './shelve.js';
import type { Stages } from './stages.js';
import type { Decoded } from './steps.js';
import { labelledLater } from './unlabelled.js';

/** What an archive holds, and how far it is read: a mark is stored with what came before it, or not at all. `done` is the last one. */
export interface Delivery {
  readonly source: string;
  readonly item:
    | Exclude<StoreItem, { kind: 'mark' }>
    | (Omit<PatchState, 'source'> & { readonly kind: 'state'; readonly messageId: MessageId })
    | { readonly kind: 'passed' | 'done'; readonly part: string; readonly mark: string };
}

/** Messages in one transaction; octets of mail too, so that a batch of large mails does not fill the memory. */
const BATCH = 250;
const BATCH_OCTETS = 8 << 20;
/** Batches that are decoded ahead of the one that is stored. */
const AHEAD = 4;

interface Batch {
  readonly deliveries: Delivery[];
  readonly raws: RawMessage[];
  octets: number;
}

/** Stores what archives deliver, in order, in batches: each is decoded on worker threads and stored in one transaction. */
export class Intake {
  readonly #writer: LibraryWriter;
  readonly #stages: Stages;
  readonly #tally: Tally;
  readonly #stored: () => void;
  #batch: Batch = emptyBatch();
  readonly #decoding: { readonly batch: Batch; readonly decoded: Promise<Decoded[]> }[] = [];
  /** Message-IDs seen since a store said that its history was rewritten, by source. */
  readonly #seen = new Map<string, Set<MessageId>>();

  constructor(writer: LibraryWriter, stages: Stages, tally: Tally, stored: () => void) {
    this.#writer = writer;
    this.#stages = stages;
    this.#tally = tally;
    this.#stored = stored;
  }

  /** Takes the next delivery; waits while too much is under way. */
  async take(delivery: Delivery): Promise<void> {
    const batch = this.#batch;
    batch.deliveries.push(delivery);
    const raw = rawOf(delivery);
    if (raw !== null) {
      batch.raws.push(raw);
      batch.octets += sizeOf(raw);
    }
    if (batch.raws.length < BATCH && batch.octets < BATCH_OCTETS && batch.deliveries.length < 4 * BATCH) return;
    this.#send();
    while (this.#decoding.length >= AHEAD) await this.#store();
  }

  /** Stores all that was taken. */
  async finish(): Promise<void> {
    this.#send();
    while (this.#decoding.length > 0) await this.#store();
  }

  #send(): void {
    const batch = this.#batch;
    this.#batch = emptyBatch();
    if (batch.deliveries.length === 0) return;
    const decoded = batch.raws.length === 0 ? Promise.resolve([]) : this.#stages.decode(batch.raws);
    // It is awaited later; until then a failure must not count as unhandled.
    decoded.catch(() => undefined);
    this.#decoding.push({ batch, decoded });
  }

  async #store(): Promise<void> {
    const next = this.#decoding.shift();
    if (next === undefined) return;
    const decoded = (await next.decoded)[Symbol.iterator]();
    this.#writer.transaction(() => {
      for (const delivery of next.batch.deliveries) {
        this.#put(delivery, rawOf(delivery) === null ? null : (decoded.next().value as Decoded));
      }
    });
    this.#stored();
  }

  #put({ source, item }: Delivery, decoded: Decoded | null): void {
    switch (item.kind) {
      case 'message':
      case 'deletion':
        return this.#putMail(source, item.kind, decoded);
      case 'overview':
        return this.#writer.putSightings(
          placeOverview(item.members, {
            near: (instant) => this.#writer.twins(instant, ''),
            has: (id) => this.#writer.message(id) !== null,
          }),
        );
      case 'state': {
        const { messageId, state, since, permalink } = item;
        return this.#writer.putPatchState(messageId, { source, state, since, permalink });
      }
      case 'skipped':
        return this.#tally.skip(item.reason);
      case 'rewritten':
        this.#seen.set(source, new Set());
        return;
      case 'passed':
        return this.#writer.setMark(source, item.part, item.mark);
      case 'done':
        this.#dropUnseen(source);
        return this.#writer.setMark(source, item.part, item.mark);
      default:
        return assertNever(item);
    }
  }

  #putMail(source: string, kind: 'message' | 'deletion', decoded: Decoded | null): void {
    if (decoded === null || decoded.kind === 'skipped') {
      this.#tally.skip(decoded?.reason ?? 'malformed');
      return;
    }
    const message = labelledLater(decoded.message);
    if (kind === 'deletion') {
      if (withdraw(this.#writer, message, source)) this.#tally.removed++;
      this.#seen.get(source)?.delete(message.messageId);
      return;
    }
    this.#tally.read++;
    const id = shelve(this.#writer, message, this.#tally);
    this.#seen.get(source)?.add(id);
  }

  /** A history that was rewritten (a legal removal) is read anew as a whole: what it no longer holds goes. */
  #dropUnseen(source: string): void {
    const seen = this.#seen.get(source);
    if (seen === undefined) return;
    this.#seen.delete(source);
    const gone = [...this.#writer.everyMessage()].filter(
      (message) => !seen.has(message.messageId) && message.origins.some((origin) => origin.source === source),
    );
    for (const message of gone) if (withdraw(this.#writer, message, source)) this.#tally.removed++;
  }
}

function emptyBatch(): Batch {
  return { deliveries: [], raws: [], octets: 0 };
}

/** The mail that a delivery brings: a deletion names the message by its octets. */
function rawOf({ source, item }: Delivery): RawMessage | null {
  if (item.kind === 'message') return item.message;
  if (item.kind !== 'deletion') return null;
  return { origin: { source, list: '', locator: item.locator }, content: { kind: 'octets', octets: item.octets } };
}

function sizeOf({ content }: RawMessage): number {
  return content.kind === 'octets' ? content.octets.length : content.fields.text.length * 2;
}
