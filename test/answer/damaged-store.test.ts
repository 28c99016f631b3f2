import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, Quote } from '../../answer/answer.js';
import { ask } from '../../answer/ask.js';
import type { QuoteDraft, Rejection } from '../../answer/quote/verify.js';
import { damagedIndex, numberOf, type DamagedIndex } from './damaged-index.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const question = 'Why is the journal not synced after every record?';
const holder = '87cysa0k4d.fsf@feld.example.net';

describe('a store that was damaged on the disk', () => {
  let index: DamagedIndex;
  beforeAll(async () => {
    index = await damagedIndex();
  });
  afterAll(() => index.remove());

  /** Asks an index of the sample archive after `damage` was done to its file. */
  function askAfter(damage: (db: Database.Database) => void): Promise<{ answer: Answer; rejected: Rejection[] }> {
    return index.after(damage, async (library) => {
      const rejected: Rejection[] = [];
      const onRejected = (draft: QuoteDraft, reason: Rejection): void => {
        if (draft.holderId === holder) rejected.push(reason);
      };
      const answer = await ask(library, { question }, { onRejected, everUnsure: true });
      return { answer, rejected };
    });
  }

  const quotesFrom = ({ answer }: { answer: Answer }): readonly Quote[] =>
    answer.kind === 'found' ? answer.quotes.filter(({ messageId }) => messageId === holder) : [];

  const number = numberOf(holder);

  it('shows the quotes of a message while it is whole', async () => {
    const asked = await askAfter(() => undefined);
    expect(quotesFrom(asked).length).toBeGreaterThan(0);
    expect(asked.rejected).toEqual([]);
  });

  it.each<[string, string, Rejection]>([
    [
      'a word of the quote',
      `UPDATE message SET text = replace(text, @word, 'never') WHERE id = ${number}`,
      'store-damaged',
    ],
    [
      'one bit of the quote',
      `UPDATE message SET text = replace(text, @word, @flipped) WHERE id = ${number}`,
      'store-damaged',
    ],
    [
      'a word beside the quote',
      `UPDATE message SET text = text || 'Not at all.' || char(10) WHERE id = ${number}`,
      'store-damaged',
    ],
    ['the subject', `UPDATE message SET subject = 'Re: something else' WHERE id = ${number}`, 'store-damaged'],
    ['the date', `UPDATE message SET instant = instant + 86400000 WHERE id = ${number}`, 'store-damaged'],
    [
      'the author',
      `UPDATE message SET author = (SELECT author FROM message WHERE author <> (SELECT author FROM message WHERE id = ${number})) WHERE id = ${number}`,
      'wrong-speaker',
    ],
    [
      'the speaker of the passage',
      `UPDATE passage SET speaker = (SELECT speaker FROM passage WHERE message <> ${number} LIMIT 1) WHERE message = ${number}`,
      'wrong-speaker',
    ],
  ])('drops its quotes, and says why, where it changed %s', async (_what, sql, reason) => {
    const [quote] = quotesFrom(await askAfter(() => undefined));
    const word = /[a-z]{6,}/u.exec(quote?.text ?? '')?.[0] ?? 'no word';
    const flipped = String.fromCharCode(word.charCodeAt(0) ^ 1) + word.slice(1);
    let changed = 0;
    const damaged = await askAfter((db) => (changed = db.prepare(sql).run({ word, flipped }).changes));
    expect(changed).toBeGreaterThan(0);
    expect(quotesFrom(damaged)).toEqual([]);
    expect([...new Set(damaged.rejected)]).toEqual([reason]);
  });
});

it('nothing but the gate says that a quote is verified', () => {
  const sources = ['answer', 'bot', 'cli', 'eval'].flatMap((part) =>
    readdirSync(join(root, part), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(part, file)),
  );
  const making = sources.filter((file) =>
    /verified: true\s*[,}]|\bas (?:unknown as )?Quote\b/u.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(making).toEqual(['answer/quote/verify.ts']);
});
