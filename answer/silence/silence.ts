import { assertNever } from '../../mail/assert-never.js';
import type { Silence } from '../answer.js';

/** Says in a sentence why there is no answer; `shown` makes words of the archive and of the asker fit to be shown. */
export function silenceWords(silence: Silence, shown: (text: string) => string): string {
  switch (silence.kind) {
    case 'no-question':
      return 'There is nothing to look up in these words: ask about something that its messages speak of.';
    case 'not-in-thread': {
      const thread = silence.subject === '' ? '' : `, “${shown(silence.subject)}”`;
      return `Nobody called ${shown(silence.name)} speaks in the thread at hand${thread}.`;
    }
    case 'unknown-author': {
      const near = silence.nearest.map(shown).join(', ');
      return `Nobody called ${shown(silence.name)} speaks in the archive${near === '' ? '' : `; the nearest names: ${near}`}.`;
    }
    default:
      return assertNever(silence);
  }
}
