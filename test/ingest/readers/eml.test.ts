import { describe, expect, it } from 'vitest';
import { eml } from '../../../ingest/readers/eml.js';
import { describeReader } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';

describeReader('eml', eml, [
  { path: 'stores/one.eml', messages: 1 },
  { path: 'stores/alternatives.eml', messages: 1 },
  { path: 'stores/forward.eml', messages: 1 },
]);

describe('eml', () => {
  it('names the list by the folder where the mail does not', async () => {
    const [item] = await collect(eml.read(memoryFile('From: a@example.org\n\nx\n', { path: 'mail/gauges/1.eml' })));
    expect(item).toMatchObject({ message: { origin: { list: 'gauges', locator: 'mail/gauges/1.eml' } } });
  });

  it.each([
    ['a note', 'Subject: groceries\n\nbread\n'],
    ['HTTP headers', 'HTTP/1.1 200 OK\nDate: Tue, 05 Mar 2019 08:00:00 GMT\nServer: x\n\n'],
    ['an mbox', 'From a@example.org Tue Mar  5 08:00:00 2019\nFrom: a@example.org\nDate: x\n\n'],
  ])('is not %s', (_what, content) => {
    expect(eml.detects(Buffer.from(content), 'x')).toBe(false);
  });
});
