import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openLibrary } from '../../../index/open.js';
import { sharedPath } from '../../shared.js';
import { archiveStage } from './archive-stage.js';
import { follow } from './library.js';
import { patchworkOn } from './patchwork-server.js';

const on = archiveStage();
const { list } = patchworkOn(on);

const api = sharedPath('corpus/pages/patchwork/api');

describe.skipIf(api === null)('answers of a real Patchwork', () => {
  it('give its patches, covers and comments', async () => {
    const recorded = (name: string): unknown => JSON.parse(readFileSync(join(api ?? '', name), 'utf8'));
    on.server.pages.set('/api/1.3/projects/linux-raid/', JSON.stringify({ id: 1, link_name: 'linux-raid' }));
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
        on.server.pages.set(`/api/1.3/${path}`, JSON.stringify(recorded(name)));
    for (const id of [1, 2, 3, 4])
      for (const [path, name] of [
        [`covers/${id}/`, `covers-${id}.json`],
        [`covers/${id}/comments/`, `covers-${id}-comments.json`],
      ] as const)
        on.server.pages.set(`/api/1.3/${path}`, JSON.stringify(recorded(name)));
    const url = `${on.server.origin}/project/linux-raid/list/`;
    const report = await follow(on.dataDir, url, {
      sources: [{ url, kind: 'patchwork', list: null, everyMinutes: null }],
    });
    expect(report).toMatchObject({ skipped: {} });
    expect(report.failed).toBeUndefined();
    const library = await openLibrary(on.dataDir);
    expect(library.stats().lists.map(({ list: name }) => name)).toEqual(['linux-raid']);
    expect(library.stats().messages).toBe(report.added);
    expect(report.added).toBeGreaterThan(12);
    library.close();
  });
});
