import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { publicInboxGit as gitReader } from '../readers/public-inbox-git.js';
import { Waymarks } from '../waymarks.js';
import { forgetUnreachable, mayFetchGit, mirror } from './git-mirror.js';
import { unpack, shownAt } from './items.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';

/** A repository of an inbox, and what changes when it does. */
interface Epoch {
  /** `0.git`; of a v1 inbox there is one. */
  readonly name: string;
  readonly url: URL;
  readonly fingerprint: string;
}

interface Offer {
  readonly epochs: readonly Epoch[];
  /** Changes when any of them does. */
  readonly hash: string;
}

const manifestSchema = z.record(
  z.string(),
  z.object({ fingerprint: z.string().nullish(), modified: z.number().nullish() }),
);
const largestManifest = 64 * 2 ** 20;

/**
 * A public-inbox by its git (public-inbox-v2-format(5), -v1-format(5)): `manifest.js.gz` says which epochs changed, those are mirrored and their new
 * commits read; `d` commits delete; what a rewritten history no longer holds goes. Nothing new costs one request.
 */
export async function* publicInboxGit(reading: LiveReading): AsyncGenerator<LiveItem> {
  const offer = await offered(reading);
  if (reading.mark('offer') === offer.hash) return;
  const folder = await reading.folder();
  await mkdir(join(folder, 'git'), { recursive: true });
  for (const epoch of offer.epochs) {
    if (reading.mark(epoch.name) === epoch.fingerprint) continue;
    if (!(await mayFetchGit(epoch.url, reading.http)))
      throw new LiveError(
        'forbidden',
        `${epoch.url.href}: git is fetched over https alone; write the URL with https, or add the source as public-inbox-http`,
      );
    await mirror(epoch.url, join(folder, 'git', epoch.name), reading.http, reading.signal);
    // Epochs are large: what one holds can be asked about while the next one is fetched.
    yield* readMirrors(reading, folder);
    yield passed(epoch.name, epoch.fingerprint);
  }
  yield passed('offer', offer.hash);
}

/** Marks are kept here too: those that were delivered may not be stored yet. */
const delivered = new WeakMap<LiveReading, string>();

async function* readMirrors(reading: LiveReading, folder: string): AsyncGenerator<LiveItem> {
  const { source, url, signal } = reading;
  const since = delivered.get(reading) ?? reading.mark('git');
  const way = new Waymarks(gitReader.format, since);
  const list = reading.list ?? inboxName(url);
  let rewritten = false;
  for await (const item of gitReader.read({ path: folder, source, list, since })) {
    signal.throwIfAborted();
    const place = way.before(item);
    if (place !== null) yield passed('git', place);
    if (item.kind === 'mark') {
      delivered.set(reading, item.value);
      yield { kind: 'done', part: 'git', mark: item.value };
    } else {
      rewritten ||= item.kind === 'rewritten';
      yield shownAt(item, inboxBase(url));
    }
  }
  if (rewritten) await forgetIn(folder, signal);
}

async function forgetIn(folder: string, signal: AbortSignal): Promise<void> {
  for (let epoch = 0; existsSync(join(folder, 'git', `${epoch}.git`)); epoch++)
    await forgetUnreachable(join(folder, 'git', `${epoch}.git`), signal);
}

async function offered(reading: LiveReading): Promise<Offer> {
  const url = new URL('manifest.js.gz', inboxBase(reading.url));
  const answer = await reading.http.get(url, { signal: reading.signal }).catch((error: unknown) => {
    if (error instanceof LiveError && error.fault === 'missing') return null;
    throw error;
  });
  if (answer === null || answer.kind === 'unchanged') return offeredByReferences(reading);
  const epochs = epochsIn(unpack(answer.octets, url, largestManifest).toString('utf8'), url);
  return { epochs, hash: hashOf(epochs.map(({ name, fingerprint }) => `${name} ${fingerprint}`).join('\n')) };
}

/** The epochs that a manifest names. Its keys are paths on the same server; others are left out. */
function epochsIn(text: string, url: URL): Epoch[] {
  const manifest = manifestSchema.safeParse(parsedJson(text));
  if (!manifest.success) throw new LiveError('not-understood', `${url.href} is no manifest of repositories`);
  const epochs: Epoch[] = [];
  const inbox = new URL('.', url).pathname;
  for (const [path, about] of Object.entries(manifest.data)) {
    const fingerprint = about.fingerprint ?? String(about.modified ?? '');
    if (!path.startsWith('/') || path.startsWith('//') || fingerprint === '' || fingerprint.length > 200) continue;
    const git = new URL(path, url);
    const number = /\/git\/(\d{1,6})\.git$/.exec(git.pathname)?.[1];
    const whole = `${git.pathname}/` === inbox;
    if (git.origin !== url.origin || (number === undefined && !whole)) continue;
    epochs.push({ name: `${number ?? '0'}.git`, url: git, fingerprint });
  }
  return epochs.sort((left, right) => parseInt(left.name, 10) - parseInt(right.name, 10));
}

/** Without a manifest: the references of the inbox's one repository (v1), as git's smart protocol tells them. */
async function offeredByReferences({ url, http, signal }: LiveReading): Promise<Offer> {
  const base = inboxBase(url);
  const answer = await http.get(new URL(`${base}info/refs?service=git-upload-pack`), { signal });
  if (answer.kind === 'unchanged' || !answer.octets.subarray(0, 64).includes('# service=git-upload-pack'))
    throw new LiveError('not-understood', `${base} offers no git repository; add it as public-inbox-http`);
  const hash = hashOf(answer.octets.toString('latin1'));
  return { epochs: [{ name: '0.git', url: new URL(base.replace(/\/$/, '')), fingerprint: hash }], hash };
}

/** The inbox's own URL, with its last slash. */
export function inboxBase(url: URL): string {
  return `${url.origin}${url.pathname.replace(/\/*$/, '/')}`;
}

/** The list's name in an inbox's URL; null where the inbox is all of them. */
export function inboxName(url: URL): string | null {
  const name = basename(url.pathname);
  return name === '' || name === 'all' || name === 'r' ? null : name;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
