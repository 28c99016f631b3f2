import { parseMessageIds } from '../../mail/message-id.js';
import type { MessageFields } from '../../mail/message.js';
import { namedOnly } from './page-fields.js';

/**
 * Reads the recipients above a message on a thread page, names alone: `  To: Ann Lee; +Cc: Bob`, or on a line each,
 * folded by a tab. Search pages show In-Reply-To below them.
 */
export function recipientsOf(shown: string): Pick<MessageFields, 'to' | 'cc' | 'inReplyTo'> {
  const lines = shown.replace(/\n\t/g, ' ').split('\n');
  const both = lines.join('\n').replace('; +Cc: ', '\n  Cc: ').split('\n');
  const value = (start: string): string => both.find((line) => line.startsWith(start))?.slice(start.length) ?? '';
  const named = (names: string) =>
    names
      .split(', ')
      .filter((name) => name.trim() !== '')
      .map(namedOnly);
  return { to: named(value('  To: ')), cc: named(value('  Cc: ')), inReplyTo: parseMessageIds(value('In-Reply-To: ')) };
}
