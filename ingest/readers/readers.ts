import { openwallPage } from './openwall-page.js';
import { hypermailPage } from './hypermail-page.js';
import { publicInboxAtom } from './public-inbox-atom.js';
import { patchworkRest } from './patchwork-rest.js';
import { publicInboxPage } from './public-inbox-page.js';
import { patchworkPage } from './patchwork-page.js';
import { openwallText } from './openwall-text.js';
import { hypermailText } from './hypermail-text.js';
import { publicInboxText } from './public-inbox-text.js';
import { patchworkText } from './patchwork-text.js';
import { eml } from './eml.js';
import { maildir } from './maildir.js';
import { mbox } from './mbox.js';
import { publicInboxGit } from './public-inbox-git.js';
import type { Reader, StoreReader } from './reader.js';

/**
 * The archive formats that are files, in the order in which they are asked. Text that a browser saved of a page may start like a
 * mail, so that `eml` comes last.
 */
export const readers: readonly Reader[] = [
  mbox,
  openwallPage,
  hypermailPage,
  publicInboxPage,
  patchworkPage,
  publicInboxAtom,
  patchworkRest,
  openwallText,
  hypermailText,
  publicInboxText,
  patchworkText,
  eml,
];

/** The archive formats that are folders or bundles, in the order in which they are asked. */
export const storeReaders: readonly StoreReader[] = [maildir, publicInboxGit];
