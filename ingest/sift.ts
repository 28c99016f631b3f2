import type { LibraryWriter } from '../index/library.js';
import type { Spoken } from '../index/spoken.js';
import { openAlreadySaid, searchedRows } from './already-said.js';

/** Passages that are looked at between two moments for whatever else the process does. */
const PAGE = 2000;
/** For no more new recovered passages than this those who may hold them are searched for; for more, everything is read. */
const FEW = 100;
/** A firm's small print stands in every mail of its people: where so many hold what is searched for, it is cheaper to read everything. */
const MANY = 10_000;

/**
 * Takes out recovered passages whose words an earlier message of the archive holds as its own: they are found there, with the name of who said
 * them. New passages of either kind are compared with all of the other, so that the order in which messages arrive does not matter; what was
 * compared before is left alone. Where little was recovered anew, the archive's own words are not read again.
 */
export async function siftRecovered(writer: LibraryWriter, signal?: AbortSignal): Promise<void> {
  const sifted = writer.siftedTo();
  const recovered: Spoken[] = [];
  for await (const page of pagesOf(writer, 'recovered', 0, signal)) recovered.push(...page);
  let newest = recovered.at(-1)?.key ?? 0;
  const said = openAlreadySaid(recovered);
  const dropped = new Set<number>();
  const fresh = recovered.filter(({ key }) => key > sifted);
  const holders = sifted === 0 ? null : await likelyHolders(writer, fresh, sifted, signal);
  for (const own of holders ?? []) for (const key of said.heldBy(own, sifted)) dropped.add(key);
  for await (const page of pagesOf(writer, 'own', holders === null ? 0 : sifted, signal)) {
    for (const own of page) {
      for (const key of said.heldBy(own, own.key > sifted ? 0 : sifted)) dropped.add(key);
    }
    newest = Math.max(newest, page.at(-1)!.key);
  }
  if (newest > sifted) writer.sift([...dropped], newest);
}

/** The own passages up to `sifted` that may hold some of these recovered ones; null where all have to be read to know. */
async function likelyHolders(
  writer: LibraryWriter,
  fresh: readonly Spoken[],
  sifted: number,
  signal: AbortSignal | undefined,
): Promise<Iterable<Spoken> | null> {
  if (fresh.length > FEW) return null;
  const holders = new Map<number, Spoken>();
  let left = MANY;
  for (const one of fresh) {
    const rows = searchedRows(one);
    if (rows === null) return null;
    for (const row of rows) {
      const found = writer.spokenHolding(row, sifted, left);
      for (const own of found) holders.set(own.key, own);
      left -= found.length;
      if (left <= 0) return null;
    }
    signal?.throwIfAborted();
    await new Promise(setImmediate);
  }
  return holders.values();
}

async function* pagesOf(
  writer: LibraryWriter,
  kind: 'own' | 'recovered',
  after: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly Spoken[]> {
  for (let page = writer.spoken(kind, after, PAGE); page.length > 0;) {
    yield page;
    signal?.throwIfAborted();
    await new Promise(setImmediate);
    page = writer.spoken(kind, page.at(-1)!.key, PAGE);
  }
}
