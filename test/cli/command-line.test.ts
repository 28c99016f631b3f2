import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { notBuilt, threadlore } from './run.js';

const archive = fileURLToPath(new URL('../samples/archive', import.meta.url));
const question = 'Why do the two boards report different salinity?';

describe.skipIf(notBuilt !== null)('threadlore', () => {
  const folder = mkdtempSync(join(tmpdir(), 'threadlore-cli-'));
  const data = join(folder, 'data');
  let ids: string[] = [];

  beforeAll(async () => {
    const { status, out, log } = await threadlore(['ingest', archive, '--data', data, '--json']);
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(Object.keys(JSON.parse(out) as object)).toEqual(
      expect.arrayContaining([
        'read',
        'added',
        'updated',
        'duplicates',
        'removed',
        'skipped',
        'threads',
        'passages',
        'seconds',
      ]),
    );
    const exported = await threadlore(['export', '--data', data]);
    ids = exported.out
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { messageId: string }).messageId);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('ingests the same archive again without adding anything', async () => {
    const { out } = await threadlore(['ingest', archive, '--data', data, '--json']);
    expect(JSON.parse(out)).toMatchObject({ added: 0, removed: 0 });
  });

  it('answers in JSON alone on stdout', async () => {
    const { status, out } = await threadlore(['ask', question, '--data', data, '--json']);
    expect(status).toBe(0);
    const answer = JSON.parse(out) as { kind: string; searched: { messages: number } };
    expect(['found', 'nothing-found']).toContain(answer.kind);
    expect(answer.searched.messages).toBe(ids.length);
  });

  it('answers for reading, without escape sequences when it is no terminal', async () => {
    const { status, out, log } = await threadlore(['ask', 'calibration', '--data', data]);
    expect({ status, log }).toEqual({ status: 0, log: '' });
    expect(out).toMatch(/Searched \d+ messages of gannet/);
    expect(out).not.toContain('\u001b');
  });

  it('exports every message as the contract has it', async () => {
    const { status, out } = await threadlore(['export', '--data', data, '--json']);
    expect(status).toBe(0);
    for (const line of out.trim().split('\n')) {
      const message = JSON.parse(line) as Record<string, unknown>;
      expect(Object.keys(message)).toEqual([
        'messageId',
        'minted',
        'from',
        'date',
        'subject',
        'inReplyTo',
        'references',
        'parentId',
        'rootId',
        'text',
        'own',
        'origins',
      ]);
      expect(message['date']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      expect(message['from']).toEqual({
        name: expect.anything() as unknown,
        address: (message['from'] as { address: unknown }).address,
      });
    }
  });

  it('shows threads and citations of what it exports', async () => {
    const [id = ''] = ids;
    const thread = await threadlore(['thread', id, '--data', data, '--json']);
    expect(JSON.parse(thread.out)).toMatchObject({
      members: expect.arrayContaining([expect.objectContaining({ messageId: id })]) as unknown,
    });
    expect((await threadlore(['thread', `<${id}>`, '--data', data])).out).toContain(' message');
    const cited = await threadlore(['cite', id, '--format', 'trailer', '--data', data]);
    expect(cited.out).toMatch(/^(?:Link: https?:\/\/|Message-ID: <|\(the archive)/);
  });

  it('cites a missing message as its thread shows it', async () => {
    const missing = '7f31@aalto-buoys.example.com';
    const thread = await threadlore(['thread', missing, '--data', data, '--json']);
    const { members } = JSON.parse(thread.out) as { members: { author: string; date: string; namedBy: string }[] };
    const { author, date, namedBy } = members[0] ?? {};
    expect(author).toBe('Aino Lehto');
    const cited = await threadlore(['cite', missing, '--data', data, '--json']);
    expect(JSON.parse(cited.out)).toMatchObject([{ author, date, namedBy, present: false }]);
  });

  it('says what the index holds', async () => {
    const { out } = await threadlore(['status', '--data', data, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      messages: ids.length,
      lastSync: expect.stringMatching(/Z$/) as string,
      index: { schema: expect.any(Number) as number },
    });
    expect((await threadlore(['status', '--data', data])).out).toContain('messages');
  });

  it('finds nothing wrong, and never prints the token', async () => {
    const { status, out } = await threadlore(['doctor', '--data', data], { DISCORD_TOKEN: 'top-secret-token' });
    expect(out).not.toContain('top-secret-token');
    expect(out).toContain('better-sqlite3');
    expect(status).toBe(0);
  });

  it('says of an index that nothing was read into how to fill it', async () => {
    const [none, text] = [join(folder, 'nothing'), join(folder, 'no-mail.txt')];
    writeFileSync(text, 'Not a mail.\n');
    await threadlore(['ingest', text, '--data', none]);
    const doctor = await threadlore(['doctor', '--data', none]);
    expect(doctor.out).toMatch(/note +index: it holds no messages yet\s+→ threadlore ingest/);
    const asked = await threadlore(['ask', 'when does the tide turn?', '--data', none]);
    expect(asked.log).toMatch(/it holds no messages yet; threadlore ingest/);
  });

  it('follows no path that is not there', async () => {
    const { status, log } = await threadlore(['source', 'add', 'lore.kernel.org/linux-raid', '--data', data]);
    expect(status).toBe(1);
    expect(log).toMatch(/no such file or folder; check the path \(a URL begins with https:/);
  });

  it('rebuilds the index in place', async () => {
    expect(await threadlore(['reindex', '--data', data, '--json'])).toMatchObject({ status: 0, log: '' });
    expect(JSON.parse((await threadlore(['status', '--data', data, '--json'])).out)).toMatchObject({
      messages: ids.length,
    });
  });

  it('answers from the sample archive where there is no index, and says so', async () => {
    const env = { XDG_CACHE_HOME: join(folder, 'cache') };
    const first = await threadlore(['ask', 'calibration', '--data', join(folder, 'none'), '--json'], env);
    expect(first.status).toBe(0);
    expect(first.log).toMatch(/no index in .*none yet: answering from the bundled sample archive[^]*threadlore ingest/);
    expect(JSON.parse(first.out)).toMatchObject({ searched: { messages: ids.length } });
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });

  it('stops quietly when nobody reads on', async () => {
    const { log } = await threadlore(['export', '--data', data], {}, (stream) =>
      (stream as unknown as { destroy(): void }).destroy(),
    );
    expect(log).toBe('');
  });

  it.each<[string, string[], number, RegExp]>([
    ['an unknown command', ['fly'], 2, /unknown command/],
    ['a missing argument', ['ask'], 2, /missing required argument/],
    ['an unknown option', ['ask', 'x', '--loud'], 2, /unknown option/],
    ['a date that is none', ['ask', 'x', '--after', 'soon'], 2, /2019-03-05/],
    ['a limit out of range', ['ask', 'x', '--limit', '99'], 2, /from 1 to 10/],
    ['a format that is none', ['cite', 'x', '--format', 'bibtex'], 2, /discord/],
    ['a question without words', ['ask', '???', '--data', 'DATA'], 2, /no words/],
    ['an empty question', ['ask', '', '--data', 'DATA'], 2, /no words/],
    ['a date inside the question that is none', ['ask', 'nests after:soon', '--data', 'DATA'], 2, /is no date/],
    [
      'a list that is not there',
      ['ask', 'nests', '--list', 'gulls', '--data', 'DATA'],
      2,
      /no list gulls: it has gannet/,
    ],
    ['a path that is not there', ['ingest', '/nowhere/at/all', '--data', 'DATA'], 1, /nowhere/],
    ['an unknown Message-ID', ['thread', 'nobody@x.example.org', '--data', 'DATA'], 1, /knows no message/],
    ['an unknown reference', ['cite', 'nobody@x.example.org', '--data', 'DATA'], 1, /knows no message/],
    ['no index', ['status', '--data', '/nowhere'], 1, /no index in \/nowhere.*ingest/],
    ['a question set that is not there', ['eval', '/nowhere.jsonl', '--data', 'DATA'], 1, /nowhere\.jsonl/],
  ])('refuses %s with a line that says how to mend it', async (_what, args, status, message) => {
    const ended = await threadlore(args.map((argument) => (argument === 'DATA' ? data : argument)));
    expect(ended.log).toMatch(message);
    expect(ended).toMatchObject({ status, out: '' });
    if (status === 1) expect(ended.log.trim().split('\n')).toHaveLength(1);
  });

  it.each([
    ['ftp://lists.example.org/', /only http, https, nntp/],
    ['http://127.0.0.1:9/list/', /ALLOW_PRIVATE_NETWORKS=1/],
  ])('says why it does not read %s, and fails', async (url, reason) => {
    const ended = await threadlore(['ingest', url, '--data', join(folder, 'nothing')]);
    expect(ended.log).toMatch(reason);
    expect(ended.status).toBe(1);
  });

  it('takes a hostile question without harm', async () => {
    const { status, out } = await threadlore(['ask', `\u001b[31m${'nest '.repeat(20_000)}`, '--data', data]);
    expect(status).toBe(0);
    expect(out).not.toContain('\u001b');
  });

  it('names the setting that it cannot use', async () => {
    const { status, log } = await threadlore(['status'], { THREADLORE_WORKERS: 'many' });
    expect({ status, log }).toEqual({ status: 1, log: expect.stringContaining('THREADLORE_WORKERS') as string });
  });

  it('prints help and version', async () => {
    expect(await threadlore(['--help'])).toMatchObject({ status: 0, out: expect.stringContaining('ingest') as string });
    expect((await threadlore(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('reads an archive with Windows line ends', async () => {
    const mail =
      'From x Mon May  6 10:00:00 2024\r\nMessage-ID: <crlf@x.example.org>\r\nFrom: Ines Fulmar <ines@x.example.org>\r\nSubject: ledge\r\nDate: Mon, 6 May 2024 10:00:00 +0000\r\n\r\nThe ledge is closed to visitors because the chicks are hatching.\r\n';
    const path = join(folder, 'windows.mbox');
    writeFileSync(path, mail);
    const other = join(folder, 'windows');
    await threadlore(['ingest', path, '--data', other]);
    const { out } = await threadlore(['ask', 'why is the ledge closed', '--data', other, '--json']);
    expect(JSON.parse(out)).toMatchObject({
      quotes: [{ text: 'The ledge is closed to visitors because the chicks are hatching.' }],
    });
  });
});
