import { beforeEach } from 'vitest';
import type { Behaviour } from '../../archive-servers/faulty.js';
import type { ArchiveStage } from './archive-stage.js';

const places = ['', 'harbour', 'meadow', 'quarry', 'mill'];
const author = { name: 'Ann Lee', email: 'ann@example.org' };

/** What is put on the server of a stage as the API of a Patchwork project, empty before each test. */
export function patchworkOn(on: ArchiveStage) {
  beforeEach(() => {
    on.server.pages.set('/api/1.3/projects/gauges/', JSON.stringify({ id: 1, link_name: 'gauges' }));
    for (const what of ['covers', 'patches', 'series', 'events']) list(what, []);
  });

  /** Serves rows two a page, led on by `Link`. */
  function list(what: string, rows: readonly object[]): void {
    const serve: Behaviour = (request, response) => {
      const url = new URL(request.url ?? '/', on.server.origin);
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
    on.server.pages.set(`/api/1.3/${what}/`, serve);
  }

  function patch(id: number, state = 'new') {
    return {
      id,
      msgid: `<w${id}@example.org>`,
      date: `2024-03-0${id}T10:00:00`,
      state,
      name: `[${id}/9] Mend gauge ${id}`,
      web_url: `${on.server.origin}/project/gauges/patch/w${id}@example.org/`,
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
    on.server.pages.set(`/api/1.3/${what}/${id}/`, JSON.stringify(whole));
    const answers = comments.map((number) => ({
      id: number,
      web_url: `${on.server.origin}/comment/${number}/`,
      msgid: `<c${number}@example.org>`,
      date: `2024-03-0${id}T11:0${number}:00`,
      subject: `Re: Mend gauge ${id}`,
      submitter: { name: 'Bo Field', email: 'bo@example.org' },
      content: `Tape ${number} will not hold.`,
      headers: { 'In-Reply-To': row.msgid },
    }));
    on.server.pages.set(`/api/1.3/${what}/${id}/comments/`, JSON.stringify(answers));
  }

  return { list, patch, put };
}
