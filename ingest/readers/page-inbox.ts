import type { CheerioAPI } from 'cheerio/slim';
import type { MessageId } from '../../mail/message-id.js';
import { messageIdFromPath, messageIdToPath } from '../../mail/message-id.js';
import type { Origin } from '../../mail/message.js';
import { listFromFile } from '../list-name.js';
import { preText } from './page-html.js';
import type { ArchiveFile } from './reader.js';

/** Which public-inbox a page belongs to, as far as it says so. */
export interface Inbox {
  /** The inbox's URL with its last slash (`https://lore.example.org/gannet/`); null where a page has only relative links. */
  readonly base: string | null;
  readonly list: string;
}

/** `git clone --mirror https://lore.example.org/gannet/0 gannet/git/0.git`, with or without an epoch. */
const CLONE =
  /git clone --mirror (https?:\/\/[^\s/]{1,250}\/[^\s?#]{1,250}?)(?:\/git)?(?:\/\d{1,4}(?:\.git)?)?\/?(?=\s|$)/;

/** Where an inbox is, from the lines at a page's foot that say how to clone it, and from its title line. */
export function inboxOfText(foot: string, title: string, file: ArchiveFile): Inbox {
  const clone = CLONE.exec(foot)?.[1];
  return inboxAt(baseOf(clone), title, file);
}

/**
 * Where an inbox is, from what stands around a page's messages (mail can hold the links of other inboxes): the page's
 * `address` if it says so, its feed, its own `links`, the clone lines at its foot.
 */
export function inboxOfPage($: CheerioAPI, address: string | null, links: readonly string[], file: ArchiveFile): Inbox {
  const feed = $('link[type="application/atom+xml"]').attr('href');
  const foot = $('body > pre').last().toArray().map(preText).join('\n');
  const candidates = [address ?? undefined, feed?.replace(/new\.atom$/, ''), ...links, CLONE.exec(foot)?.[1]];
  const base = candidates.map(baseOf).find((found) => found !== null) ?? null;
  return inboxAt(base, $('form').first().toArray().map(preText).join(''), file);
}

/** An inbox from its URL if that is known, else from a title. */
export function inboxAt(base: string | null, title: string, file: ArchiveFile): Inbox {
  const inPath = base === null ? undefined : new URL(base).pathname.split('/').filter(Boolean).at(-1);
  // `public inbox for gannet@lists.example.org`, `gannet.lists.example.org archive mirror`
  const inTitle = /([\w.+-]{1,100})@[\w-]|^\s*([\w-]{1,100})\.[\w.-]{1,200} archive mirror/.exec(title.slice(0, 500));
  const list = file.list ?? inPath ?? inTitle?.[1] ?? inTitle?.[2] ?? listFromFile(file.path);
  return { base, list };
}

/** The inbox's URL from one of its pages: the part before a Message-ID, or the whole where it holds none. */
export function baseOf(url: string | undefined): string | null {
  if (url === undefined || url.length > 2000 || !URL.canParse(url)) return null;
  const { protocol, origin, pathname } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') return null;
  const segments = pathname.split('/').filter(Boolean);
  const id = segments.findIndex((segment) => messageIdFromPath(segment) !== null);
  const inbox = id < 0 ? segments : segments.slice(0, id);
  return inbox.length === 0 ? null : `${origin}/${inbox.join('/')}/`;
}

/** The id in a link to a message: `../../<id>/`, `https://lore.example.org/gannet/<id>/raw`. */
export function idInLink(href: string | undefined): MessageId | null {
  if (href === undefined || href.length > 4000) return null;
  const segments =
    href
      .split('#', 1)[0]
      ?.split('/')
      .filter((segment) => segment !== '' && segment !== '..') ?? [];
  for (const segment of segments.reverse()) {
    const id = messageIdFromPath(segment);
    if (id !== null) return id;
  }
  return null;
}

/** Where a message of this inbox was found. `number` counts the messages of one file, from 1. */
export function inboxOrigin(inbox: Inbox, file: ArchiveFile, messageId: MessageId | null, number: number): Origin {
  const origin = {
    source: file.source,
    list: inbox.list,
    locator: number === 1 ? file.path : `${file.path}#${number}`,
  };
  if (inbox.base === null || messageId === null) return origin;
  return { ...origin, permalink: `${inbox.base}${messageIdToPath(messageId)}/` };
}
