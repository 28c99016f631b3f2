import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { ingest } from '../../ingest/sync.js';
import { folders, mail, mbox, passagesOf } from './archives.js';

const { make, clean } = folders();
afterAll(clean);

const words =
  'The pump draws air through its shaft seal whenever the tank stands lower than the inlet, so the first thing to look at is the seal and not the motor.';

const said = mail({
  id: 'said@example.org',
  from: 'Bo Ek <bo@example.net>',
  subject: 'Noise at night',
  text: words,
});

/** A reply to what the archive lacks, with words that it says are Ann's. */
function reply(quoted: string, date = 'Sun, 03 Mar 2024 10:00:00 +0000'): string {
  return mail({
    id: 'reply@example.org',
    from: 'Cy Moe <cy@example.org>',
    date,
    subject: 'Re: Air in the pump',
    headers: 'In-Reply-To: <lost@example.org>',
    text: `On Sat, Mar 2, 2024, Ann Lee <ann@example.org> wrote:\n> ${quoted.replace(/\n/g, '\n> ')}\n\nThat was it, thank you.`,
  });
}

/** Whom the recovered passages are credited to after archives with these, read one after the other. */
async function recoveredOf(...archives: readonly (readonly string[])[]): Promise<string[]> {
  const dataDir = make();
  for (const mails of archives) {
    const folder = make();
    writeFileSync(join(folder, 'pumps.mbox'), mbox(...mails));
    await ingest({ dataDir, paths: [folder], workers: 1 });
  }
  const passages = (await passagesOf(dataDir)).map((one) => JSON.parse(one) as [string, string, { name: string }]);
  return passages.filter(([, kind]) => kind === 'recovered').map(([, , { name }]) => name);
}

describe('recovered words that the archive holds already', () => {
  it('are left to who said them, whichever message comes first', async () => {
    expect(await recoveredOf([reply(words)])).toEqual(['Ann Lee']);
    expect(await recoveredOf([said], [reply(words)])).toEqual([]);
    expect(await recoveredOf([reply(words)], [said])).toEqual([]);
    expect(await recoveredOf([reply(words), said])).toEqual([]);
  });

  it('are not credited to whoever is named above a sentence of theirs', async () => {
    const mixed = `Have you had a look at the manual that came with it? It has a chapter on noise, and one on the tank.\n\n${words}\n\nMine never made any noise in nine years, but then it stands in a cellar and the tank stands above it, as the manual wants it, and nobody has opened it since.`;
    expect(await recoveredOf([said], [reply(mixed)])).toEqual([]);
  });

  it('stay with whom they are credited to where others wrote them later', async () => {
    expect(await recoveredOf([said, reply(words, 'Thu, 29 Feb 2024 10:00:00 +0000')])).toEqual(['Ann Lee']);
  });

  it('go again when weaving makes them anew', async () => {
    const later = mail({
      id: 'later@example.org',
      from: 'Ann Lee <ann@example.org>',
      date: 'Mon, 04 Mar 2024 10:00:00 +0000',
      subject: 'Re: Air in the pump',
      headers: 'In-Reply-To: <reply@example.org>',
      text: 'Good to hear.',
    });
    expect(await recoveredOf([said], [reply(words)], [later])).toEqual([]);
  });
});
