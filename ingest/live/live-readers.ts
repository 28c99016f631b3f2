import { atom } from './atom.js';
import { fileUrl } from './file-url.js';
import { hypermail } from './hypermail.js';
import type { LiveReader, SourceKind } from './live-reader.js';
import { mailman } from './mailman.js';
import { nntp } from './nntp.js';
import { openwall } from './openwall.js';
import { patchwork } from './patchwork.js';
import { publicInboxGit } from './public-inbox-git.js';
import { publicInboxHttp } from './public-inbox-http.js';

/** How each kind of source is read. A new kind is one file beside this one and one line here. */
export const liveReaders: Readonly<Record<SourceKind, LiveReader>> = {
  'public-inbox-git': publicInboxGit,
  'public-inbox-http': publicInboxHttp,
  nntp,
  atom,
  patchwork,
  openwall,
  hypermail,
  mailman,
  'file-url': fileUrl,
};
