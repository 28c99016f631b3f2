import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { citationFormats } from '../../answer/citation-format.js';
import { damagedIndex, numberOf, type DamagedIndex } from '../answer/damaged-index.js';
import { notBuilt, threadlore } from './run.js';

const holder = '87cysa0k4d.fsf@feld.example.net';
const itsWords = /wear is|price is|synced after every record/iu;

describe.skipIf(notBuilt !== null)('of a message that was damaged on the disk', () => {
  let index: DamagedIndex;
  let data = '';
  beforeAll(async () => {
    index = await damagedIndex();
    data = index.copy((db) => {
      const sql = `UPDATE message SET text = replace(text, 'the wear is', 'the price is') WHERE id = ${numberOf(holder)}`;
      expect(db.prepare(sql).run().changes).toBe(1);
    });
  });
  afterAll(() => index.remove());

  it.each(citationFormats)('threadlore cite --format %s shows who, when and where, and no word', async (format) => {
    const { status, out } = await threadlore(['cite', holder, '--format', format, '--data', data]);
    expect(status).toBe(0);
    expect(out).not.toMatch(itsWords);
    expect(out).toContain(holder);
    if (format !== 'trailer') {
      expect(out).toMatch(/Tomasz Feld.*2024-03-04/u);
      expect(out).toContain('(the stored message is damaged)');
    }
  });

  it('threadlore cite --json leaves the words out and says why', async () => {
    const { out } = await threadlore(['cite', holder, '--json', '--data', data]);
    expect(out).not.toMatch(itsWords);
    expect(JSON.parse(out)).toMatchObject([
      { messageId: holder, author: 'Tomasz Feld', date: '2024-03-04T10:40:02Z', subject: '', damaged: true },
    ]);
  });

  it('threadlore thread says that it is damaged', async () => {
    const { out } = await threadlore(['thread', holder, '--data', data]);
    expect(out).toMatch(/Tomasz Feld, 2024-03-04 +\(the stored message is damaged\)/u);
    const json = JSON.parse((await threadlore(['thread', holder, '--json', '--data', data])).out) as {
      members: { messageId: string }[];
    };
    expect(json.members.find(({ messageId }) => messageId === holder)).toMatchObject({ subject: null, damaged: true });
  });

  it('threadlore export leaves the words out, of it alone', async () => {
    const { out } = await threadlore(['export', '--data', data]);
    const lines = out.trim().split('\n');
    const messages = lines.map((line) => JSON.parse(line) as { messageId: string; text: string; damaged?: true });
    expect(messages.filter(({ damaged }) => damaged)).toMatchObject([
      { messageId: holder, subject: '', text: '', own: '', from: { name: 'Tomasz Feld' } },
    ]);
    expect(messages.filter(({ text }) => text === '')).toHaveLength(1);
  });

  it('threadlore ask quotes nothing', async () => {
    const question = 'Why is the journal not synced after every record?';
    const { out } = await threadlore(['ask', question, '--json', '--data', data]);
    const { quotes = [] } = JSON.parse(out) as { quotes?: { messageId: string }[] };
    expect(quotes.filter(({ messageId }) => messageId === holder)).toEqual([]);
  });
});
