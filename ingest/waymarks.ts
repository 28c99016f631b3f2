import { publicInboxGit } from './readers/public-inbox-git.js';
import type { StoreItem } from './readers/reader.js';

/** So many items lie between two marks. */
const STEP = 500;

/**
 * Marks on the way through a public-inbox history, so that an ingest that is killed within a million messages does not begin anew. A mark names a
 * commit of which every mail was delivered; there is none once the history turned out to be rewritten, since then all of it must be seen at once.
 */
export class Waymarks {
  readonly #commits: Map<string, string>;
  #isMarking: boolean;
  #last: { readonly epoch: string; readonly commit: string } | null = null;
  #items = 0;

  /** `since` is the mark that the reading begins at: `0.git=<commit> 1.git=<commit>`. */
  constructor(format: string, since: string | null) {
    this.#isMarking = format === publicInboxGit.format;
    const known = [...(since ?? '').matchAll(/([^\s=]+)=([0-9a-f]{40,64})/g)];
    this.#commits = new Map(known.map(([, epoch = '', commit = '']) => [epoch, commit]));
  }

  /** The mark to set before `item` is delivered, where one is due. */
  before(item: StoreItem): string | null {
    if (item.kind === 'rewritten') this.#isMarking = false;
    if (!this.#isMarking) return null;
    const place = placeOf(item);
    if (place === null) return null;
    const last = this.#last;
    this.#last = place;
    this.#items++;
    if (last === null || last.commit === place.commit) return null;
    this.#commits.set(last.epoch, last.commit);
    if (this.#items < STEP) return null;
    this.#items = 0;
    return [...this.#commits].map(([epoch, commit]) => `${epoch}=${commit}`).join(' ');
  }
}

/** Where a mail stands: its locator is `<epoch>:<commit>`. */
function placeOf(item: StoreItem): { epoch: string; commit: string } | null {
  if (item.kind !== 'message' && item.kind !== 'deletion' && item.kind !== 'skipped') return null;
  const locator = item.kind === 'message' ? item.message.origin.locator : item.locator;
  const found = /^(?<epoch>[^\s=]+):(?<commit>[0-9a-f]{40,64})$/.exec(locator)?.groups;
  return found === undefined ? null : { epoch: found['epoch'] ?? '', commit: found['commit'] ?? '' };
}
