import { describe, expect, it } from 'vitest';
import { ask } from '../../../answer/ask.js';
import { answerJson } from '../../../answer/json.js';
import { openLibrary, openWriter } from '../../../index/open.js';
import { messageIdOf } from '../../../mail/message-id.js';
import { status } from '../../archive-servers/faulty.js';
import { archiveStage } from './archive-stage.js';
import { follow, permalinksIn, subjectsIn } from './library.js';
import { patchworkOn } from './patchwork-server.js';

const on = archiveStage();
const { list, patch, put } = patchworkOn(on);

/** What is held of a patch's state. */
async function stateOf(id: number): Promise<unknown> {
  const library = await openLibrary(on.dataDir);
  const messageId = messageIdOf(`w${id}@example.org`);
  const states = messageId === null ? [] : library.patchStates(messageId);
  library.close();
  return states;
}

describe('a Patchwork project', () => {
  it('is read by pages of patches and covers with their comments, then by its events', async () => {
    const url = `${on.server.origin}/project/gauges/list/`;
    const rows = [1, 2, 3].map((id) => patch(id));
    list('patches', rows);
    list('covers', [patch(4)]);
    for (const id of [1, 2, 3]) put('patches', id, id === 1 ? [1] : []);
    put('covers', 4, [2]);
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    const report = await follow(on.dataDir, url, { sources });
    expect(report.failed).toBeUndefined();
    expect(report).toMatchObject({ read: 6, added: 6, skipped: {} });
    expect(await permalinksIn(on.dataDir)).toContain(`${on.server.origin}/project/gauges/patch/w3@example.org/`);
    on.visited();

    await follow(on.dataDir, url, { sources });
    expect(on.visited()).toHaveLength(1);

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
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ added: 1 });
    on.visited();
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ read: 0 });
    expect(on.visited()).toHaveLength(1);
    expect(await subjectsIn(on.dataDir)).toHaveLength(7);
    expect(await stateOf(2)).toEqual([
      {
        source: url,
        state: 'accepted',
        since: Date.UTC(2099, 2, 5, 10),
        permalink: `${on.server.origin}/project/gauges/patch/w2@example.org/`,
      },
    ]);
  });

  it('shows in answers what became of a patch, and what became of it later', async () => {
    const url = `${on.server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    list('patches', [patch(1), patch(2, 'under-review')]);
    for (const id of [1, 2]) put('patches', id, [], id === 2 ? 'under-review' : 'new');
    await follow(on.dataDir, url, { sources });
    const answered = async (question: string): Promise<unknown> => {
      const library = await openLibrary(on.dataDir);
      const { quotes } = answerJson(await ask(library, { question }, { everUnsure: true })) as {
        quotes?: { status: object[] }[];
      };
      library.close();
      return quotes?.[0]?.status;
    };
    const note = {
      kind: 'tracked',
      by: new URL(on.server.origin).host,
      messageId: 'w2@example.org',
      permalinks: [{ list: 'gauges', url: `${on.server.origin}/project/gauges/patch/w2@example.org/` }],
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
    await follow(on.dataDir, url, { sources });
    expect(await answered('why does the float of the meadow gauge stick in its tube?')).toEqual([
      { ...note, at: '2099-03-06T10:00:00Z', text: 'rejected' },
    ]);
  });

  it('goes on where the server failed', async () => {
    const url = `${on.server.origin}/project/gauges/list/`;
    list(
      'patches',
      [1, 2, 3].map((id) => patch(id)),
    );
    for (const id of [1, 2, 3]) put('patches', id);
    on.server.pages.set('/api/1.3/patches/3/', status(500));
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ read: 2, failed: [{ source: url }] });
    put('patches', 3);
    on.visited();
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ added: 1 });
    expect(on.visited()).not.toContain('/api/1.3/patches/1/');
  });

  it('is looked through by date where the server offers no events, for new mails, states and once a day for comments', async () => {
    const url = `${on.server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    on.server.pages.delete('/api/1.3/events/');
    const recent = (id: number, state = 'new'): object => ({ ...patch(id, state), date: today });
    const today = new Date().toISOString().slice(0, 19);
    list('patches', [patch(1), recent(2)]);
    for (const id of [1, 2]) put('patches', id);
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ added: 2 });

    list('patches', [patch(1), recent(2, 'accepted'), recent(3)]);
    put('patches', 2, [1], 'accepted');
    put('patches', 3);
    const second = await follow(on.dataDir, url, { sources });
    expect(second.failed).toBeUndefined();
    expect(second).toMatchObject({ added: 1 });
    expect(await stateOf(2)).toMatchObject([{ state: 'accepted' }]);

    on.visited();
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ read: 0 });
    // No events; a page of covers, and one of the patches of this month.
    expect(on.visited()).toHaveLength(3);

    const writer = await openWriter(on.dataDir);
    writer.setMark(url, 'comments', String(Date.now() - 25 * 3_600_000));
    writer.close();
    expect(await follow(on.dataDir, url, { sources })).toMatchObject({ added: 1 });
    expect(await subjectsIn(on.dataDir)).toContain('Re: Mend gauge 2');
  });

  it('is read in the order of its events where the server gives the newest first', async () => {
    const url = `${on.server.origin}/project/gauges/list/`;
    const sources = [{ url, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    list('patches', [patch(1)]);
    put('patches', 1);
    await follow(on.dataDir, url, { sources });
    const states = ['under-review', 'changes-requested', 'superseded'];
    const events = states.map((state, at) => ({
      ...{ id: at + 1, category: 'patch-state-changed', date: `2099-03-0${at + 1}T10:00:00` },
      payload: { patch: patch(1), current_state: state },
    }));
    list('events', events.reverse());
    await follow(on.dataDir, url, { sources });
    expect(await stateOf(1)).toMatchObject([{ state: 'superseded', since: Date.UTC(2099, 2, 3, 10) }]);
    on.visited();
    await follow(on.dataDir, url, { sources });
    expect(on.visited()).toHaveLength(1);
  });

  it('is read one patch at a time where such a page is named, by number too', async () => {
    put('patches', 1, [1], 'accepted');
    list('patches', [patch(2), patch(1, 'accepted')]);
    const byNumber = `${on.server.origin}/patch/1/`;
    const sources = [{ url: byNumber, kind: 'patchwork' as const, list: null, everyMinutes: null }];
    on.server.pages.set('/api/1.3/projects/', '[]');
    expect(await follow(on.dataDir, byNumber, { sources })).toMatchObject({ added: 2 });
    expect(await stateOf(1)).toMatchObject([{ state: 'accepted' }]);
    // This server cannot look for Message-IDs.
    const byId = `${on.server.origin}/project/gauges/patch/w1@example.org/`;
    const { failed } = await follow(on.dataDir, byId, {
      sources: [{ ...sources[0], url: byId, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(failed?.[0]?.error).toContain('knows no such mail');
  });

  it('is not what a server without such an API has', async () => {
    on.server.pages.clear();
    const url = `${on.server.origin}/project/gauges/list/`;
    const { failed } = await follow(on.dataDir, url, {
      sources: [{ url, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(failed).toHaveLength(1);
  });
});
