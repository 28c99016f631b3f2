import { describe, expect, it } from 'vitest';
import { mbox } from '../../../ingest/readers/mbox.js';
import { describeReader, octetsOf } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';

describeReader('mbox', mbox, [
  { path: 'stores/gauges.mboxrd', messages: 2 },
  { path: 'stores/pier-log.mbox', messages: 2 },
  { path: 'stores/counted.mboxcl2', messages: 3 },
  { path: 'stores/2019-March.txt', messages: 2 },
]);

async function bodiesOf(content: Uint8Array | string): Promise<string[]> {
  const items = await collect(mbox.read(memoryFile(content, { path: 'archives/gauges.mbox.gz', chunk: 64 })));
  return items.flatMap((item) => {
    if (item.kind !== 'message' || item.message.content.kind !== 'octets') return [];
    return [Buffer.from(item.message.content.octets).toString('latin1').split('\n\n').slice(1).join('\n\n')];
  });
}

const mail = (id: number, body: string) =>
  `From ann@example.org Tue Mar  5 08:00:0${String(id % 10)} 2019\nFrom: Ann <ann@example.org>\nMessage-ID: <${String(id)}@example.org>\n\n${body}\n\n`;

describe('mbox', () => {
  it('takes one > off an mboxrd line', async () => {
    const [first, second] = await bodiesOf(octetsOf({ path: 'stores/gauges.mboxrd' }));
    expect(first).toContain('\nFrom what I see the reference');
    expect(second).toContain('\n>From what I see the reference');
  });

  it('keeps a quote that starts with From in mboxo, and unescapes what is none', async () => {
    const [first, second] = await bodiesOf(octetsOf({ path: 'stores/pier-log.mbox' }));
    expect(first).toContain('\nFrom the datasheet');
    expect(first).toContain('\nFrom operator Tue Mar  5 07:59:00 2019\n');
    expect(second).toContain('\n>From the second on');
  });

  it('believes a Content-Length only where a message ends there', async () => {
    const bodies = await bodiesOf(octetsOf({ path: 'stores/counted.mboxcl2' }));
    expect(bodies[0]).toContain('\n>From is not escaped here');
    expect(bodies[1]).toBe('A quiet night, then.\n');
  });

  it('splits a patch series that format-patch wrote', async () => {
    const patch = (n: number) =>
      `From ${String(n).repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: Ann <ann@example.org>\nSubject: [PATCH ${String(n)}/2] x\n\ndiff\n\n`;
    expect(await bodiesOf(patch(1) + patch(2))).toEqual(['diff\n', 'diff\n']);
  });

  it('names the list by List-Id, else by the file', async () => {
    const items = await collect(
      mbox.read(
        memoryFile(mail(1, 'x') + mail(2, 'x').replace('\n\n', '\nList-Id: B <beta.example.org>\n\n'), {
          path: 'a/alpha.mbox.gz',
        }),
      ),
    );
    expect(items.map((item) => item.kind === 'message' && item.message.origin.list)).toEqual(['alpha', 'beta']);
  });

  it('takes the archive page from Archived-At alone', async () => {
    const items = await collect(mbox.read(memoryFile(octetsOf({ path: 'stores/gauges.mboxrd' }), { path: 'x' })));
    expect(items.map((item) => item.kind === 'message' && item.message.origin.permalink)).toEqual([
      'https://lists.example.org/gauges/drift-1',
      undefined,
    ]);
  });

  it('skips a message that is too large and goes on', async () => {
    const large = mail(2, `${'x'.repeat(999)}\n`.repeat(40_000));
    const items = await collect(mbox.read(memoryFile(mail(1, 'a') + large + mail(3, 'b'), { chunk: 1 << 16 })));
    expect(items.map((item) => (item.kind === 'skipped' ? item.reason : item.kind))).toEqual([
      'message',
      'too-large',
      'message',
    ]);
  });

  it('reads a message with a line of 10 MB', async () => {
    expect((await bodiesOf(mail(1, 'y'.repeat(10_000_000)))).map((body) => body.length)).toEqual([10_000_001]);
  });

  it('keeps what is there of a message that the file ends in', async () => {
    expect(await bodiesOf(mail(1, 'whole') + mail(2, 'cut in the mid').trimEnd())).toEqual([
      'whole\n',
      'cut in the mid',
    ]);
  });

  it('counts a message that was cut in its header, an empty one and one without any field of mail', async () => {
    const separator = 'From a@example.org Tue Mar  5 08:00:00 2019\n';
    const content = `${separator}\n${separator}X-Junk: 1\n\nat all\n\n${separator}From: Ann <ann@exa`;
    const items = await collect(mbox.read(memoryFile(content)));
    expect(items.map((item) => item.kind === 'skipped' && item.reason)).toEqual(['empty', 'malformed', 'truncated']);
  });
});
