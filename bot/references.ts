import { damagedNotice } from '../answer/words.js';
import { dayOf } from './render/words.js';
import type { Bot } from './bot.js';
import type { Choice } from './commands/command.js';
import { plainLine } from './markdown.js';

/** Values of completion are short keys: Message-IDs can be longer than Discord lets a value be. */
const keyPattern = /^key:(\d{1,15})$/u;

/** Messages whose subject or author fits what was typed. */
export async function messagesLike({ archive, store }: Bot, typed: string): Promise<Choice[]> {
  if (typed.trim() === '') return [];
  const found = await archive.ask({ kind: 'subjects', words: typed, limit: 25 });
  return found.map(({ messageId, author, subject, damaged, date }) => ({
    name: `${plainLine(author ?? 'unknown', 24)}, ${dayOf(date)}: ${damaged ? damagedNotice : plainLine(subject, 100) || '(no subject)'}`,
    value: `key:${store.keyOf(messageId)}`,
  }));
}

/** What a person typed, or chose from the completion. */
export function referenceFrom({ store }: Bot, typed: string): string {
  const key = keyPattern.exec(typed.trim())?.[1];
  return key === undefined ? typed : (store.reference(Number(key)) ?? typed);
}
