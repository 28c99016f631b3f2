import { messageIdFromPath, messageIdToPath, type MessageId } from './message-id.js';

/** The software that shows a page. */
export type ArchiveSystem =
  'public-inbox' | 'openwall' | 'patchwork' | 'hypermail' | 'mailman' | 'postgresql' | 'other';

/** What the URL of an archive's page says by itself. */
export interface Permalink {
  readonly system: ArchiveSystem;
  /** The list, inbox or project that the URL names; null where it names none (`/r/`, `/all/`). */
  readonly list: string | null;
  readonly messageId: MessageId | null;
  /** The URL without what chat or prose wrapped around it. */
  readonly url: string;
}

type Place = Omit<Permalink, 'url'>;

/** One way of naming a message in a URL: null where the URL is not of that archive's shape. */
type Shape = (host: string, path: readonly string[], query: URLSearchParams) => Place | null;

/** Longer URLs name no message. */
const MAX_LENGTH = 4096;

/**
 * Reads the URL of a message in an archive, as people paste it: in `<…>`, as a Markdown link, with a full stop behind.
 * Null where there is no http(s) URL, or one that no archive's shape fits.
 */
export function parsePermalink(url: string): Permalink | null {
  const plain = unwrapped(url);
  const parsed = plain === null ? null : urlOrNull(plain);
  if (plain === null || parsed === null) return null;
  const path = parsed.pathname.split('/').filter((segment) => segment !== '');
  for (const shape of SHAPES) {
    const place = shape(parsed.hostname.replace(/^www\./u, ''), path, parsed.searchParams);
    if (place !== null) return { ...place, url: plain };
  }
  return null;
}

/** A URL as it is compared: scheme, `www.`, user, default port, fragment and trailing slashes left out, `%40` as `@`. */
export function normaliseUrl(url: string): string {
  const parsed = urlOrNull(unwrapped(url) ?? url.trim().slice(0, MAX_LENGTH));
  if (parsed === null) return url.trim().slice(0, MAX_LENGTH);
  const port = ['80', '443'].includes(parsed.port) ? '' : parsed.port;
  const host = parsed.hostname.replace(/^www\./u, '') + (port === '' ? '' : `:${port}`);
  const path = parsed.pathname.replace(/%(?:40|3A|24|2C|2B|3D|7E)/giu, decodeURIComponent);
  return `${host}${withoutTrailing(path, '/')}${parsed.search}`;
}

/** What each archive system needs to name a message; `base` is the archive's URL with or without its last slash. */
export type PermalinkParts =
  | { readonly system: 'public-inbox'; readonly base: string; readonly list: string; readonly messageId: MessageId }
  | {
      readonly system: 'openwall';
      readonly base: string;
      readonly list: string;
      /** `2019/01/30`. */
      readonly day: string;
      readonly number: number;
    }
  | {
      readonly system: 'patchwork';
      readonly base: string;
      readonly list: string;
      readonly kind: 'patch' | 'cover';
      readonly messageId: MessageId;
    }
  | { readonly system: 'hypermail' | 'mailman'; readonly base: string; readonly list: string; readonly page: string }
  | { readonly system: 'postgresql'; readonly base: string; readonly messageId: MessageId };

/** The page of a message in its archive. */
export function permalinkFor(parts: PermalinkParts): string {
  const base = withoutTrailing(parts.base, '/');
  switch (parts.system) {
    case 'public-inbox':
      return `${base}/${parts.list}/${messageIdToPath(parts.messageId)}/`;
    case 'openwall':
      return `${base}/${parts.list}/${parts.day}/${parts.number}`;
    case 'patchwork':
      return `${base}/project/${parts.list}/${parts.kind}/${messageIdToPath(parts.messageId)}/`;
    case 'hypermail':
    case 'mailman':
      return `${base}/${parts.list}/${parts.page}`;
    case 'postgresql':
      return `${base}/message-id/${messageIdToPath(parts.messageId)}`;
  }
}

/** `/project/linux-mm/patch/<id>/`, `/project/linux-mm/cover/<id>/mbox/`, and the old `/patch/123/` and `/cover/123/`. */
const patchwork: Shape = (host, path) => {
  const kind = path.findIndex((segment) => segment === 'patch' || segment === 'cover');
  const project = path[kind - 2] === 'project' ? (path[kind - 1] ?? null) : null;
  const item = path[kind + 1];
  if (kind < 0 || item === undefined || (project === null && !/^\d+$/u.test(item))) return null;
  if (project === null && !/patchwork|ozlabs/u.test(host)) return null;
  return { system: 'patchwork', list: project, messageId: messageIdFromPath(item) };
};

/** `/message-id/<id>`, `/message-id/flat/<id>`, and the short `postgr.es/m/<id>`. */
const postgresql: Shape = (host, path) => {
  const marker = host === 'postgr.es' ? path.indexOf('m') : path.indexOf('message-id');
  const messageId = marker < 0 ? null : messageIdFromPath(path.at(-1) ?? '');
  return messageId === null ? null : { system: 'postgresql', list: null, messageId };
};

/** `lists.openwall.net/linux-kernel/2019/01/31/12`, `www.openwall.com/lists/oss-security/2019/01/31/1`. */
const openwall: Shape = (_host, path) => {
  const year = path.findIndex((segment) => /^(?:19|20)\d\d$/u.test(segment));
  const day = path.slice(year, year + 4).join('/');
  if (year < 1 || !/^\d{4}\/\d{2}\/\d{2}\/\d{1,6}$/u.test(day)) return null;
  return { system: 'openwall', list: path[year - 1] ?? null, messageId: null };
};

/** `lkml.iu.edu/hypermail/linux/kernel/1806.0/01234.html`, `lists.w3.org/Archives/Public/www-html/2019Jan/0001.html`. */
const hypermail: Shape = (_host, path) => {
  const page = path.at(-1) ?? '';
  const root = path.findIndex((segment) => /^(?:hypermail|Public)$/u.test(segment));
  if (root < 0 || !/^(?:att-)?\d{3,6}\.html?$/u.test(page)) return null;
  const folders = path.slice(root + 1, -2);
  return { system: 'hypermail', list: folders.length === 0 ? null : folders.join('-'), messageId: null };
};

/** `/pipermail/<list>/2019-January/000123.html`, HyperKitty's `/archives/list/<list@host>/message/<hash>/`. */
const mailman: Shape = (_host, path) => {
  const pipermail = path.indexOf('pipermail');
  if (pipermail >= 0 && /^\d+\.html$/u.test(path.at(-1) ?? '')) {
    return { system: 'mailman', list: path[pipermail + 1] ?? null, messageId: null };
  }
  const message = path.findIndex((segment) => segment === 'message' || segment === 'thread');
  const list = path[message - 1];
  if (message < 2 || path[message - 2] !== 'list' || list === undefined) return null;
  return { system: 'mailman', list: list.replace(/(?:@|%40).*$/u, ''), messageId: null };
};

/** `marc.info/?i=<id>`, `mid.mail-archive.com/<id>`: one id and no list. */
const messageIdHosts: Shape = (host, path, query) => {
  const inQuery = host === 'marc.info' ? query.get('i') : null;
  const inPath = /^mid\./u.test(host) ? (path[0] ?? null) : null;
  const messageId = messageIdFromPath(inQuery ?? inPath ?? '');
  return messageId === null ? null : { system: 'other', list: null, messageId };
};

/** `/<inbox>/<id>/`, with `raw`, `t/`, `T/`, `t.mbox.gz` behind it; `/r/`, `/all/` and bare ids name no list. */
const publicInbox: Shape = (_host, path) => {
  const at = path.findIndex((segment) => messageIdFromPath(segment) !== null);
  const suffix = path.slice(at + 1).join('/');
  if (at < 0 || !/^(?:raw|t|T|t\.atom|t\.mbox(?:\.gz)?|d|R|f)?$/u.test(suffix)) return null;
  const inbox = path[at - 1] ?? null;
  const list = inbox === null || ['r', 'all'].includes(inbox) ? null : inbox;
  return { system: 'public-inbox', list, messageId: messageIdFromPath(path[at] ?? '') };
};

const SHAPES: readonly Shape[] = [patchwork, postgresql, openwall, hypermail, mailman, messageIdHosts, publicInbox];

function urlOrNull(text: string): URL | null {
  try {
    const url = new URL(/^https?:\/\//iu.test(text) ? text : `https://${text}`);
    return url.hostname.includes('.') || url.hostname === 'localhost' ? url : null;
  } catch {
    return null;
  }
}

/** Takes off what stands around a URL in chat or prose: `<…>`, `[text](…)`, quotes, spoiler bars, closing punctuation. */
function unwrapped(text: string): string | null {
  const start = text.slice(0, MAX_LENGTH).search(/https?:\/\//iu);
  if (start < 0) return null;
  const url = /^[^\s<>"`|]+/u.exec(text.slice(start, start + MAX_LENGTH))?.[0] ?? '';
  const opened = (text.slice(0, start).match(/\(/gu) ?? []).length > 0;
  return withoutTrailing(opened ? (url.split(')')[0] ?? url) : url, ".,;:!?'*_~)]}");
}

/** Takes characters off the end; no regex, since those walk every run of them again. */
function withoutTrailing(text: string, characters: string): string {
  let end = text.length;
  while (end > 0 && characters.includes(text[end - 1] ?? '\n')) end -= 1;
  return text.slice(0, end);
}
