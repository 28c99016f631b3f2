import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerJson } from '../../../answer/json.js';
import { ask } from '../../../answer/ask.js';
import { openLibrary, openWriter } from '../../../index/open.js';
import { messageIdOf } from '../../../mail/message-id.js';
import { sharedPath } from '../../shared.js';
import { faultyServer, status, type Behaviour, type FaultyServer } from '../../archive-servers/faulty.js';
import { folders } from '../archives.js';
import { follow, permalinksIn, subjectsIn } from './library.js';

const { make, clean } = folders();
let server: FaultyServer;
let dataDir: string;

beforeEach(async () => {
  server = await faultyServer();
  dataDir = make();
  server.pages.set('/api/1.3/projects/gauges/', JSON.stringify({ id: 1, link_name: 'gauges' }));
  for (const what of ['covers', 'patches', 'series', 'events']) list(what, []);
});
afterEach(async () => {
  await server.close();
  clean();
});

function visited(): string[] {
  return server.requests.splice(0).map((request) => request.replace('GET ', ''));
}

/** Serves rows two a page, led on by `Link`. */
function list(what: string, rows: readonly object[]): void {
  const serve: Behaviour = (request, response) => {
    const url = new URL(request.url ?? '/', server.origin);
    const page = Number(url.searchParams.get('page') ?? '1');
    const since = url.searchParams.get('since') ?? '';
    const shown = rows.filter((row) => (row as { date: string }).date >= since);
    url.searchParams.set('page', String(page + 1));
    const more = shown.length > 2 * page;
    response.writeHead(200, {
      'content-type': 'application/json',
      ...(more ? { link: `<http://elsewhere.example.org${url.pathname}${url.search}>; rel="next"` } : {}),
    });
    response.end(JSON.stringify(shown.slice(2 * page - 2, 2 * page)));
  };
  server.pages.set(`/api/1.3/${what}/`, serve);
}

const places = ['', 'harbour', 'meadow', 'quarry', 'mill'];
const author = { name: 'Ann Lee', email: 'ann@example.org' };

function patch(id: number, state = 'new') {
  return {
    id,
    msgid: `<w${id}@example.org>`,
    date: `2024-03-0${id}T10:00:00`,
    state,
    name: `[${id}/9] Mend gauge ${id}`,
    web_url: `${server.origin}/project/gauges/patch/w${id}@example.org/`,
  };
}

function put(what: 'patches' | 'covers', id: number, comments: readonly number[] = [], state = 'new'): void {
  const row = patch(id, state);
  const whole = {
    ...row,
    submitter: author,
    project: { link_name: 'gauges' },
    headers: { Subject: row.name },
    content: `The float of the ${places[id] ?? ''} gauge sticks in its tube when it freezes.\nWrap the hinge in copper tape, so that ice finds no hold.\n`,
    diff: '',
  };
  server.pages.set(`/api/1.3/${what}/${id}/`, JSON.stringify(whole));
  const answers = comments.map((number) => ({
    id: number,
    web_url: `${server.origin}/comment/${number}/`,
    msgid: `<c${number}@example.org>`,
    date: `2024-03-0${id}T11:0${number}:00`,
    subject: `Re: Mend gauge ${id}`,
    submitter: { name: 'Bo Field', email: 'bo@example.org' },
    content: `Tape ${number} will not hold.`,
    headers: { 'In-Reply-To': row.msgid },
  }));
  server.pages.set(`/api/1.3/${what}/${id}/comments/`, JSON.stringify(answers));
}

/** What is held of a patch's state. */
async function stateOf(id: number): Promise<unknown> {
  const library = await openLibrary(dataDir);
  const messageId = messageIdOf(`w${id}@example.org`);
  const states = messageId === null ? [] : library.patchStates(messageId);
  library.close();
  return states;
}

describe('a Patchwork project', () => {
  it('is read by pages of patches and covers with their comments, then by its events', async () => {
    const url = `${server.origin}/project/gauges/list/`;
    const rows = [1, 2, 3].map((id) => patch(id));
    list('patches', rows);
    list('covers', [patch(4)]);
    for (const id of [1, 2, 3]) put('patches', id, id === 1 ? [1] : []);
    put('covers', 4, [2]);
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    const report = await follow(dataDir, url, { sources });
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ read: 6, added: 6, skipped: {} });
    expect(await permalinksIn(dataDir)).toContain(`${server.origin}/project/gauges/patch/w3@example.org/`);
    visited();

    await follow(dataDir, url, { sources });
    expect(visited()).toHaveLength(1);

    put('patches', 2, [3]);
    list('events', [
      { id: 1, category: 'patch-comment-created', date: '2099-03-05T10:00:00', payload: { patch: patch(2) } },
      {
        id: 2,
        category: 'patch-state-changed',
        date: '2099-03-05T10:00:00',
        payload: { patch: patch(2), current_state: 'accepted' },
      },
      { id: 3, category: 'check-created', date: '2099-03-06T10:00:00', payload: { patch: patch(2) } },
    ]);
    expect(await follow(dataDir, url, { sources })).toMatchObject({ added: 1 });
    visited();
    expect(await follow(dataDir, url, { sources })).toMatchObject({ read: 0 });
    expect(visited()).toHaveLength(1);
    expect(await subjectsIn(dataDir)).toHaveLength(7);
    expect(await stateOf(2)).toEqual([
      {
        source: url,
        state: 'accepted',
        since: Date.UTC(2099, 2, 5, 10),
        permalink: `${server.origin}/project/gauges/patch/w2@example.org/`,
      },
    ]);
  });

  it('shows in answers what became of a patch, and what became of it later', async () => {
    const url = `${server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    list('patches', [patch(1), patch(2, 'under-review')]);
    for (const id of [1, 2]) put('patches', id, [], id === 2 ? 'under-review' : 'new');
    await follow(dataDir, url, { sources });
    const answered = async (question: string): Promise<unknown> => {
      const library = await openLibrary(dataDir);
      const { quotes } = answerJson(await ask(library, { question }, { everUnsure: true })) as {
        quotes?: { status: object[] }[];
      };
      library.close();
      return quotes?.[0]?.status;
    };
    const note = {
      kind: 'tracked',
      by: new URL(server.origin).host,
      messageId: 'w2@example.org',
      permalinks: [{ list: 'gauges', url: `${server.origin}/project/gauges/patch/w2@example.org/` }],
    };
    expect(await answered('why does the float of the meadow gauge stick in its tube?')).toEqual([
      { ...note, at: null, text: 'under-review' },
    ]);
    expect(await answered('why does the float of the harbour gauge stick in its tube?')).toEqual([]);

    const changed = (id: number, date: string, state: string): object => ({
      ...{ id, category: 'patch-state-changed', date },
      payload: { patch: patch(2), previous_state: 'new', current_state: state },
    });
    list('events', [
      changed(1, '2099-03-05T10:00:00', 'changes-requested'),
      changed(2, '2099-03-06T10:00:00', 'rejected'),
    ]);
    await follow(dataDir, url, { sources });
    expect(await answered('why does the float of the meadow gauge stick in its tube?')).toEqual([
      { ...note, at: '2099-03-06T10:00:00Z', text: 'rejected' },
    ]);
  });

  it('goes on where the server failed', async () => {
    const url = `${server.origin}/project/gauges/list/`;
    list(
      'patches',
      [1, 2, 3].map((id) => patch(id)),
    );
    for (const id of [1, 2, 3]) put('patches', id);
    server.pages.set('/api/1.3/patches/3/', status(500));
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    expect(await follow(dataDir, url, { sources })).toMatchObject({ read: 2, failed: [{ source: url }] });
    put('patches', 3);
    visited();
    expect(await follow(dataDir, url, { sources })).toMatchObject({ added: 1 });
    expect(visited()).not.toContain('/api/1.3/patches/1/');
  });

  it('is looked through by date where the server offers no events, for new mails, states and once a day for comments', async () => {
    const url = `${server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    server.pages.delete('/api/1.3/events/');
    const recent = (id: number, state = 'new'): object => ({ ...patch(id, state), date: today });
    const today = new Date().toISOString().slice(0, 19);
    list('patches', [patch(1), recent(2)]);
    for (const id of [1, 2]) put('patches', id);
    expect(await follow(dataDir, url, { sources })).toMatchObject({ added: 2 });

    list('patches', [patch(1), recent(2, 'accepted'), recent(3)]);
    put('patches', 2, [1], 'accepted');
    put('patches', 3);
    const second = await follow(dataDir, url, { sources });
    expect(second.failed).toBeUndefined();
    expect(second).toMatchObject({ added: 1 });
    expect(await stateOf(2)).toMatchObject([{ state: 'accepted' }]);

    visited();
    expect(await follow(dataDir, url, { sources })).toMatchObject({ read: 0 });
    // No events; a page of covers, and one of the patches of this month.
    expect(visited()).toHaveLength(3);

    const writer = await openWriter(dataDir);
    writer.setMark(url, 'comments', String(Date.now() - 25 * 3_600_000));
    writer.close();
    expect(await follow(dataDir, url, { sources })).toMatchObject({ added: 1 });
    expect(await subjectsIn(dataDir)).toContain('Re: Mend gauge 2');
  });

  it('is read in the order of its events where the server gives the newest first', async () => {
    const url = `${server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    list('patches', [patch(1)]);
    put('patches', 1);
    await follow(dataDir, url, { sources });
    const states = ['under-review', 'changes-requested', 'superseded'];
    const events = states.map((state, at) => ({
      ...{ id: at + 1, category: 'patch-state-changed', date: `2099-03-0${at + 1}T10:00:00` },
      payload: { patch: patch(1), current_state: state },
    }));
    list('events', events.reverse());
    await follow(dataDir, url, { sources });
    expect(await stateOf(1)).toMatchObject([{ state: 'superseded', since: Date.UTC(2099, 2, 3, 10) }]);
    visited();
    await follow(dataDir, url, { sources });
    expect(visited()).toHaveLength(1);
  });

  it('is read one patch at a time where such a page is named, by number too', async () => {
    put('patches', 1, [1], 'accepted');
    list('patches', [patch(2), patch(1, 'accepted')]);
    const byNumber = `${server.origin}/patch/1/`;
    const sources = [{ url: byNumber, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    server.pages.set('/api/1.3/projects/', '[]');
    expect(await follow(dataDir, byNumber, { sources })).toMatchObject({ added: 2 });
    expect(await stateOf(1)).toMatchObject([{ state: 'accepted' }]);
    // This server cannot look for Message-IDs.
    const byId = `${server.origin}/project/gauges/patch/w1@example.org/`;
    const { failed } = await follow(dataDir, byId, {
      sources: [{ ...sources[0], url: byId, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(failed?.[0]?.error).toContain('knows no such mail');
  });

  it('is not what a server without such an API has', async () => {
    server.pages.clear();
    const url = `${server.origin}/project/gauges/list/`;
    const { failed } = await follow(dataDir, url, {
      sources: [{ url, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(failed).toHaveLength(1);
  });
});

const api = sharedPath('corpus/pages/patchwork/api');

describe.skipIf(api === null)('answers of a real Patchwork', () => {
  it('give its patches, covers and comments', async () => {
    const recorded = (name: string): unknown => JSON.parse(readFileSync(join(api ?? '', name), 'utf8'));
    server.pages.set('/api/1.3/projects/linux-raid/', JSON.stringify({ id: 1, link_name: 'linux-raid' }));
    const has = ({ id }: { id: number }): boolean => existsSync(join(api ?? '', `patches-${id}.json`));
    const rows = [1, 14, 15, 22, 59, 117, 148, 153].map(
      (id) => recorded(`patches-${id}.json`) as { id: number; date: string },
    );
    expect(rows.every(has)).toBe(true);
    list(
      'patches',
      rows.sort((a, b) => (a.date < b.date ? -1 : 1)),
    );
    list(
      'covers',
      [1, 2, 3, 4].map((id) => recorded(`covers-${id}.json`) as object),
    );
    list('series', recorded('series-page.json') as object[]);
    for (const { id } of rows)
      for (const [path, name] of [
        [`patches/${id}/`, `patches-${id}.json`],
        [`patches/${id}/comments/`, `patches-${id}-comments.json`],
      ] as const)
        server.pages.set(`/api/1.3/${path}`, JSON.stringify(recorded(name)));
    for (const id of [1, 2, 3, 4])
      for (const [path, name] of [
        [`covers/${id}/`, `covers-${id}.json`],
        [`covers/${id}/comments/`, `covers-${id}-comments.json`],
      ] as const)
        server.pages.set(`/api/1.3/${path}`, JSON.stringify(recorded(name)));
    const url = `${server.origin}/project/linux-raid/list/`;
    const report = await follow(dataDir, url, {
      sources: [{ url, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(report).toMatchObject({ skipped: {} });
    expect(report.failed).toBeUndefined();
    const library = await openLibrary(dataDir);
    expect(library.stats().lists.map(({ list: name }) => name)).toEqual(['linux-raid']);
    expect(library.stats().messages).toBe(report.added);
    expect(report.added).toBeGreaterThan(12);
    library.close();
  });
});
