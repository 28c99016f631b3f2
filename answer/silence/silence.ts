import { assertNever } from '../../mail/assert-never.js';
import type { Silence } from '../answer.js';

/** Says in a sentence why there is no answer; `shown` makes words of the archive and of the asker fit to be shown. */
export function silenceWords(silence: Silence, shown: (text: string) => string): string {
  const name = shown(silence.name);
  switch (silence.kind) {
    case 'not-in-thread': {
      const thread = silence.subject === '' ? '' : `, “${shown(silence.subject)}”`;
      return `Nobody called ${name} speaks in the thread at hand${thread}.`;
    }
    case 'unknown-author': {
      const near = silence.nearest.map(shown).join(', ');
      return `Nobody called ${name} speaks in the archive${near === '' ? '' : `; the nearest names: ${near}`}.`;
    }
    default:
      return assertNever(silence);
  }
}
