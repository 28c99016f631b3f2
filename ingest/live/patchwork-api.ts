import { z } from 'zod';
import { patchworkRest } from '../readers/patchwork-rest.js';
import { fetchedFile } from './items.js';
import { LiveError } from './live-error.js';
import { passed, type LiveItem, type LiveReading } from './live-reader.js';

/** What a URL of a Patchwork names. */
export interface PatchworkPlace {
  /** The server's own URL, with its last slash. */
  readonly base: string;
  readonly project: string | null;
  /** A single patch or cover letter, by Message-ID or number. */
  readonly item: { readonly kind: 'covers' | 'patches'; readonly name: string } | null;
}

/** A Patchwork's REST API. */
export interface Patchwork {
  readonly place: PatchworkPlace;
  /** To be delivered: which version of the API the server has; null where that was known. */
  readonly mark: LiveItem | null;
  /** `1.3` */
  version(): string;
  /** The rows of a list, a page at a time, as the `Link` header leads. @throws LiveError */
  pages(what: string, query: Readonly<Record<string, string>>): AsyncGenerator<readonly unknown[]>;
  /** One answer, and the mails of it. @throws LiveError */
  answer(path: string): Promise<{ readonly json: unknown; items(): AsyncGenerator<LiveItem> }>;
  /** The mails of rows that were fetched. */
  items(rows: readonly unknown[]): AsyncGenerator<LiveItem>;
}

const versions = ['1.3', '1.2', '1.1'];
const perPage = '100';
/** A list that goes on for ever is none. */
const mostPages = 100_000;

export async function openPatchwork(reading: LiveReading): Promise<Patchwork> {
  const { url, http, signal, source } = reading;
  const place = placeOf(url);
  const known = reading.mark('api');
  let version = known;
  let first: { path: string; octets: Buffer } | null = null;

  /** The first question of the first sync finds out what version the server has. */
  async function get(path: string): Promise<{ octets: Buffer; link: string | null; url: URL }> {
    for (const one of version === null ? versions : [version]) {
      try {
        const answer = await http.get(new URL(path, `${place.base}api/${one}/`), {
          signal,
          accept: 'application/json',
        });
        version = one;
        if (answer.kind === 'fetched') return answer;
      } catch (error) {
        if (!(error instanceof LiveError) || error.fault !== 'missing' || one === versions.at(-1) || version !== null)
          throw error;
      }
    }
    throw new LiveError('not-understood', `${place.base}api/ is no REST API of Patchwork`);
  }

  const list = reading.list ?? place.project;
  async function* itemsOf(octets: Buffer, at: URL): AsyncGenerator<LiveItem> {
    yield* patchworkRest.read(fetchedFile(octets, at, source, list));
  }

  if (known === null) {
    const path = place.project === null ? 'projects/?per_page=1' : `projects/${encodeURIComponent(place.project)}/`;
    first = { path, octets: (await get(path)).octets };
    if (parsedJson(first.octets) === undefined)
      throw new LiveError('not-understood', `${place.base}api/ is no REST API of Patchwork`);
  }
  return {
    place,
    mark: known === null ? passed('api', version ?? '') : null,
    version: () => version ?? '',
    async *pages(what, query) {
      const search = new URLSearchParams({
        ...(place.project === null ? {} : { project: place.project }),
        per_page: perPage,
        ...query,
      });
      let next: string | null = `${what}/?${search.toString()}`;
      for (let page = 0; next !== null && page < mostPages; page++) {
        const answer = await get(next);
        const rows = z.array(z.unknown()).safeParse(parsedJson(answer.octets));
        if (!rows.success) throw new LiveError('not-understood', `${answer.url.href} gave no list`);
        yield rows.data;
        next = nextPage(answer.link, answer.url);
      }
    },
    async answer(path) {
      const { octets, url: at } = await get(path);
      return { json: parsedJson(octets), items: () => itemsOf(octets, at) };
    },
    items: (rows) => itemsOf(Buffer.from(JSON.stringify(rows)), new URL(`${place.base}api/`)),
  };
}

/** `Link: <…?page=2>; rel="next"` (RFC 8288), on the same server. Its path is kept, whatever scheme or host a proxy made of it. */
function nextPage(link: string | null, at: URL): string | null {
  const target = /<([^<>]{1,4000})>\s{0,9};\s{0,9}rel="?next"?/i.exec(link ?? '')?.[1];
  if (target === undefined || !URL.canParse(target, at.href)) return null;
  const { search } = new URL(target, at);
  return new URL(search, at).href === at.href ? null : `${at.origin}${at.pathname}${search}`;
}

function placeOf(url: URL): PatchworkPlace {
  const at = /^(.*?\/)(?:project|api|patch|cover)\//.exec(url.pathname);
  const base = `${url.origin}${at?.[1] ?? '/'}`;
  const rest = url.pathname.slice((at?.[1] ?? '/').length);
  const project = /^project\/([\w.+-]{1,100})\//.exec(rest)?.[1] ?? url.searchParams.get('project');
  const [, kind, name] = /(?:^|\/)(patch|cover)\/([^/]{1,1000})/.exec(rest) ?? [];
  const item =
    name === undefined
      ? null
      : { kind: kind === 'cover' ? ('covers' as const) : ('patches' as const), name: decodeURIComponent(name) };
  if (project === null && item === null)
    throw new LiveError(
      'not-understood',
      `${url.href} names no project of a Patchwork: https://patchwork.kernel.org/project/linux-mm/list/`,
    );
  return { base, project, item };
}

/** Undefined where it is no JSON. */
function parsedJson(octets: Buffer): unknown {
  try {
    return JSON.parse(octets.toString('utf8'));
  } catch {
    return undefined;
  }
}
