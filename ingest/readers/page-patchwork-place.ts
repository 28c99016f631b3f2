import type { CheerioAPI } from 'cheerio/slim';
import { listFromPath, pageAddress } from './page-address.js';
import type { ArchiveFile } from './reader.js';

/** Where a Patchwork page is, as far as it says so. */
export interface PatchworkPlace {
  readonly list: string;
  /** The page itself, else the mail in the list's own archive, to which Patchwork links; null where neither is known. */
  readonly permalink: string | null;
  /** The URL that links on the page are relative to; null where the page does not tell its host. */
  readonly address: string | null;
}

/** Reads it from the page's own links, which stand around its messages. */
export function patchworkPlace($: CheerioAPI, html: string, file: ArchiveFile): PatchworkPlace {
  const mbox = $('a[href$="/mbox/"]')
    .toArray()
    .map((link) => link.attribs['href'] ?? '')
    .find((href) => /\/(?:patch|cover)\/[^/]+\/mbox\/$/.test(href));
  const address = pageAddress(html) ?? (mbox !== undefined && /^https?:/.test(mbox) ? mbox : null);
  const page = mbox === undefined ? null : absolute(mbox.slice(0, -'mbox/'.length), address);
  const archived = $('table.patch-meta td a[href^="http"], table.patchmeta td a[href^="http"]').first().attr('href');
  const project = /\/project\/([\w.+-]{1,100})\//.exec(
    mbox ?? $('.navbar a[href*="/project/"]').attr('href') ?? '',
  )?.[1];
  return {
    list: file.list ?? project ?? listFromPath(file.path),
    permalink: page ?? absolute(archived, null),
    address,
  };
}

/** A link as a URL; null where its host is not known. */
export function absolute(href: string | null | undefined, address: string | null): string | null {
  if (href === null || href === undefined || href.length > 4000 || !URL.canParse(href, address ?? undefined))
    return null;
  const url = new URL(href, address ?? undefined);
  return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
}
