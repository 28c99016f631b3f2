import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { safeUrl } from './live/address-guard.js';
import { sourceKinds, type SourceKind } from './live/live-reader.js';

/** A source that is followed. */
export interface FollowedSource {
  /** A URL, or a path on this machine. */
  readonly url: string;
  /** Null: found out by looking. Paths have none. */
  readonly kind: SourceKind | null;
  /** The list's name, in place of what the archive says. */
  readonly list: string | null;
  /** Minutes between two syncs; null: the default. */
  readonly everyMinutes: number | null;
  /** What a news server wants to know. Never part of the URL, which names the source in the index, in the log and in Discord. */
  readonly login?: Login;
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

/** `sources.json` cannot be used. */
export class SourcesError extends Error {
  override readonly name = 'SourcesError';
}

/** RFC 4643, 2.3: they are sent within a line. */
const loginSchema = z
  .string()
  .min(1)
  .max(400)
  .refine((text) => !/\p{Cc}/u.test(text), 'no control characters');
const entrySchema = z.strictObject({
  url: z.string().min(1).max(4096),
  kind: z.enum(sourceKinds).nullish(),
  list: z.string().min(1).max(200).nullish(),
  everyMinutes: z.number().min(1).max(100_000).nullish(),
  login: z.strictObject({ user: loginSchema, password: loginSchema }).optional(),
});
const fileSchema = z.strictObject({ sources: z.array(entrySchema).max(10_000) });

/** Whether a source is on a server rather than on this machine. */
export function isUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text);
}

/**
 * A URL as the source that it names: host in lower case, one slash at its end, without the place in a page, and the user name and password of `nntps://me:secret@host/group`
 * apart. Paths, and what is no URL, stay as they are.
 */
export function namedBy(text: string): Pick<FollowedSource, 'url' | 'login'> {
  if (!isUrl(text) || !URL.canParse(text)) return { url: text };
  const url = new URL(text);
  url.hash = '';
  url.pathname = url.pathname.replace(/\/+$/, '/');
  // Of schemes that browsers do not know, the host is left as it was written.
  url.hostname = url.hostname.toLowerCase();
  const { username, password } = url;
  if (username === '' || !/^nntps?:$/.test(url.protocol)) return { url: url.href };
  url.username = url.password = '';
  return { url: url.href, login: { user: decodeURIComponent(username), password: decodeURIComponent(password) } };
}

export function sourcesPath(dataDir: string): string {
  return join(dataDir, 'sources.json');
}

/** What `sources.json` in the data folder names; nothing where there is none. @throws SourcesError where it cannot be read */
export function readSources(dataDir: string): FollowedSource[] {
  const path = sourcesPath(dataDir);
  if (!existsSync(path)) return [];
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new SourcesError(
      `${path} is no JSON (${(cause as Error).message}): mend it, or remove it and add the sources again`,
      { cause },
    );
  }
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const faults = parsed.error.issues.slice(0, 3).map(({ path: where, message }) => `${where.join('.')}: ${message}`);
    throw new SourcesError(
      `${path} is not as it has to be (${faults.join('; ')}): {"sources": [{"url": "https://…"}]}`,
    );
  }
  return parsed.data.sources.map(({ url, kind, list, everyMinutes, login }) => ({
    ...namedBy(url),
    kind: kind ?? null,
    list: list ?? null,
    everyMinutes: everyMinutes ?? null,
    ...(login === undefined ? {} : { login }),
  }));
}

/** A URL that is to be read now: with what `sources.json` says of it, if it is followed. */
export function sourceNamed(dataDir: string, text: string, list: string | null): FollowedSource {
  const named = namedBy(text);
  const known = readSources(dataDir).find((source) => source.url === named.url);
  return {
    ...(known?.login === undefined ? {} : { login: known.login }),
    ...named,
    kind: known?.kind ?? null,
    list: list ?? known?.list ?? null,
    everyMinutes: known?.everyMinutes ?? null,
  };
}

/** Adds a source, or changes what is said of one that is there. @throws LiveError for URLs that are not used */
export function addSource(dataDir: string, added: FollowedSource): void {
  const source = { ...added, ...namedBy(added.url) };
  if (isUrl(source.url)) safeUrl(source.url);
  const others = readSources(dataDir).filter(({ url }) => url !== source.url);
  write(dataDir, [...others, source]);
}

/** Takes a source off; what was read from it stays. False where it was not there. */
export function removeSource(dataDir: string, url: string): boolean {
  const sources = readSources(dataDir);
  const named = namedBy(url);
  const rest = sources.filter((source) => source.url !== named.url);
  if (rest.length === sources.length) return false;
  write(dataDir, rest);
  return true;
}

/** A reader of the file sees the old one or the new one, whole. */
function write(dataDir: string, sources: readonly FollowedSource[]): void {
  mkdirSync(dataDir, { recursive: true });
  const entries = sources.map(({ url, kind, list, everyMinutes, login }) => ({
    url,
    ...(kind === null ? {} : { kind }),
    ...(list === null ? {} : { list }),
    ...(everyMinutes === null ? {} : { everyMinutes }),
    ...(login === undefined ? {} : { login }),
  }));
  const path = sourcesPath(dataDir);
  const holdsSecrets = sources.some(({ login }) => login !== undefined);
  writeFileSync(`${path}.new`, `${JSON.stringify({ sources: entries }, null, 2)}\n`, {
    mode: holdsSecrets ? 0o600 : 0o666,
  });
  renameSync(`${path}.new`, path);
}
