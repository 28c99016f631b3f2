import type { LibraryWriter } from '../index/library.js';
import type { Spoken } from '../index/spoken.js';
import { openAlreadySaid } from './already-said.js';

/** Passages that are looked at between two moments for whatever else the process does. */
const PAGE = 2000;

/**
 * Takes out recovered passages whose words an earlier message of the archive holds as its own: they are found there, with the name of who said
 * them. New passages of either kind are compared with all of the other, so that the order in which messages arrive does not matter; what was
 * compared before is left alone. Where nothing was recovered anew, the archive's own words are not read again.
 */
export async function siftRecovered(writer: LibraryWriter, signal?: AbortSignal): Promise<void> {
  const sifted = writer.siftedTo();
  const recovered: Spoken[] = [];
  for await (const page of pagesOf(writer, 'recovered', 0, signal)) recovered.push(...page);
  let newest = recovered.at(-1)?.key ?? 0;
  const said = openAlreadySaid(recovered);
  const dropped = new Set<number>();
  for await (const page of pagesOf(writer, 'own', newest > sifted ? 0 : sifted, signal)) {
    for (const own of page) {
      for (const key of said.heldBy(own, own.key > sifted ? 0 : sifted)) dropped.add(key);
    }
    newest = Math.max(newest, page.at(-1)!.key);
  }
  if (newest > sifted) writer.sift([...dropped], newest);
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
