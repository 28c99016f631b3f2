import type { Library, LibraryMessage } from '../../index/library.js';
import type { StatusNote } from '../answer.js';
import { listOf } from '../quote/compose.js';

/** What every patch begins as in Patchwork: nothing became of it yet. */
const untouched = 'new';

/** What patch trackers say of the patch that a message is, in their own words. */
export function trackedStates(
  library: Pick<Library, 'patchStates'>,
  message: Pick<LibraryMessage, 'messageId' | 'origins'>,
): StatusNote[] {
  return library
    .patchStates(message.messageId)
    .filter(({ state }) => state !== untouched)
    .map(({ source, state, since, permalink }) => ({
      kind: 'tracked',
      by: hostOf(permalink ?? source),
      at: since === null ? null : { instant: since, offset: 0 },
      messageId: message.messageId,
      text: state,
      permalinks: permalink === null ? [] : [{ list: listOf(message), url: permalink }],
    }));
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
