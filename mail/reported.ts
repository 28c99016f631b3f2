import { commenter, shownAddress } from './bug-comment.js';
import type { Mailbox } from './mailbox.js';

/** Bug trackers' mails are sent by a daemon. */
const DAEMON = /^bugzilla(?:-daemon|-noreply)?(?:@|$)/iu;
const OPENED = /^[ \t]{0,20}Bug ID: \d/mu;
const REPORTER = /^[ \t]{0,20}Reporter: {1,3}([^\s<>()]{3,120})[ \t]*$/mu;
/** Where such a mail says who wrote it. */
const HEAD = 3000;

/**
 * Who wrote what a bug tracker's daemon mails: of a comment whom its head names, of a new bug its reporter. Null for all other mail, and for a
 * daemon's own notices.
 */
export function reportedBy({ from, text }: { readonly from: Mailbox; readonly text: string }): Mailbox | null {
  if (!DAEMON.test(from.address ?? from.masked ?? from.name ?? '')) return null;
  const head = text.slice(0, HEAD);
  for (const line of head.split('\n')) {
    const author = commenter(line);
    if (author !== null) return author;
  }
  const reporter = OPENED.test(head) ? REPORTER.exec(head) : null;
  return reporter === null ? null : { name: null, ...shownAddress(reporter[1]!) };
}
