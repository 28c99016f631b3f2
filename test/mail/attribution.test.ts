import { describe, expect, it } from 'vitest';
import { parseAttribution } from '../../mail/attribution.js';
import { processorTime } from '../processor-time.js';

const ada = { name: 'Ada Berg', address: 'ada@example.org' };

describe('an attribution line', () => {
  it.each([
    ['On Wed, Jan 30, 2019 at 8:17 PM Ada Berg <ada@example.org> wrote:', ada, '2019-01-30T20:17'],
    ['On Wed, 30 Jan 2019 20:17:05 +0100, Ada Berg <ada@example.org> wrote:', ada, '2019-01-30T19:17'],
    ['On 30.01.19 20:17, Ada Berg via somelist wrote:', { name: 'Ada Berg' }, '2019-01-30T20:17'],
    ['On Tue 30-01-19 10:11:12, Jan Ek wrote:', { name: 'Jan Ek' }, '2019-01-30T10:11'],
    ['On Mon, May 5, 2014 at 5:10 p.m., Ada Berg wrote:', { name: 'Ada Berg' }, '2014-05-05T17:10'],
    ['On 30 Jan 2019, at 20:17, Berg, Ada <ada@example.org> wrote:', { name: 'Berg, Ada' }, '2019-01-30T20:17'],
    ['Am Mittwoch, 30. Januar 2019, 20:17:05 CET schrieb Ada Berg:', { name: 'Ada Berg' }, '2019-01-30T19:17'],
    ['Am 30.01.2019 um 20:17 schrieb Ada Berg:', { name: 'Ada Berg' }, '2019-01-30T20:17'],
    ['Le mer. 30 janv. 2019 à 20:17, Ada Berg <ada@example.org> a écrit :', ada, '2019-01-30T20:17'],
    ['El mié., 30 ene. 2019 a las 20:17, Ada Berg (<ada@example.org>) escribió:', ada, '2019-01-30T20:17'],
    ['Il giorno mer 30 gen 2019 alle ore 20:17 Ada Berg <ada@example.org> ha scritto:', ada, '2019-01-30T20:17'],
    ['Op wo 30 jan. 2019 om 20:17 schreef Ada Berg <ada@example.org>:', ada, '2019-01-30T20:17'],
    ['Em qua., 30 de jan. de 2019 às 20:17, Ada Berg <ada@example.org> escreveu:', ada, '2019-01-30T20:17'],
    ['W dniu 30.01.2019 o 20:17, Ada Berg pisze:', { name: 'Ada Berg' }, '2019-01-30T20:17'],
    ['Den ons 30 jan. 2019 kl 20:17 skrev Ada Berg <ada@example.org>:', ada, '2019-01-30T20:17'],
    ['30 января 2019 г., 20:17, Ada Berg <ada@example.org> написал:', ada, '2019-01-30T20:17'],
    ['在 2019/1/30 20:17, Ada Berg 写道:', { name: 'Ada Berg' }, '2019-01-30T20:17'],
    ['2019年1月30日(水) 20:17 Ada Berg <ada@example.org>:', ada, '2019-01-30T20:17'],
    ['2019/1/30 Ada Berg <ada@example.org>', ada, '2019-01-30T00:00'],
    ['* Ada Berg <ada@example.org> wrote:', ada, null],
    ['Ada Berg <ada@example.org> writes:', ada, null],
    ['"AB" == Ada Berg <ada@example.org> writes:', ada, null],
    ['On Wed, Jan 30, 2019 at 8:17?PM, Ada Berg <ada@example.org> wrote:', ada, '2019-01-30T20:17'],
    ['On Wed, Jan 30, 2019 at 8:17=E2=80=AFPM Ada Berg <ada@example.org> wrote:', ada, '2019-01-30T20:17'],
    ['Ada Berg <ada@example.org> 于2019年1月30日周三 20:17写道：', ada, '2019-01-30T20:17'],
    ['On 1/30/19 20:17，Ada Berg wrote:', { name: 'Ada Berg' }, '2019-01-30T20:17'],
    ['On 30 January 2019 20:17:05 GMT+01:00, Ada Berg <ada@example.org> wrote:', ada, '2019-01-30T19:17'],
    ['Am 30.01.2019 20:17, schrieb =?UTF-8?q?J=C3=B6rg=20Ek?=:', { name: 'Jörg Ek' }, '2019-01-30T20:17'],
    ['st 30. 1. 2019 v 20:17 odes?latel Ada Berg <ada@example.org> napsal:', ada, '2019-01-30T20:17'],
    ['On Jan 30, 2019, Ada Berg via valves <valves wrote:', { name: 'Ada Berg' }, '2019-01-30T00:00'],
    ['On Jan 30, 2019, ada at example.org wrote:', { name: null, address: 'ada at example.org' }, '2019-01-30T00:00'],
    ['On Jul 11, 2018, Ada Berg wrote:', { name: 'Ada Berg' }, '2018-07-11T00:00'],
    ['ada@example.org wrote:', { name: null, address: 'ada@example.org' }, null],
  ])('%s', (line, who, date) => {
    const read = parseAttribution(line);
    expect(read).toMatchObject(who);
    const wall = read?.date ? new Date(read.date.instant).toISOString().slice(0, 16) : null;
    expect(wall).toBe(date);
  });

  it('gives the Message-ID where it names one', () => {
    expect(parseAttribution('In message <12.abc@example.org>, Ada Berg wrote:')).toMatchObject({
      name: 'Ada Berg',
      messageId: '12.abc@example.org',
    });
  });

  it.each([
    'The manual has this to say about it:',
    'As that thread showed, this is what the committee wrote in its report to the members in the year 2014:',
    'I tried the following:',
    'On the other hand, this is what was meant by it:',
    'see https://example.org/a/b for what he wrote:',
    '',
    ':',
  ])('is not %j', (line) => expect(parseAttribution(line)?.certain ?? false).toBe(false));

  it('is read in linear time', () => {
    const spent = processorTime();
    for (const piece of ['On ', 'wrote: ', '<a@', '1:1 ', '( ', '年月']) parseAttribution(piece.repeat(200_000));
    for (const piece of ['On ', 'wrote: ', '<a@', '1:1 ', '( ', '年月']) parseAttribution(piece.repeat(200));
    expect(spent()).toBeLessThan(2000);
  });

  it.each([
    ['On Jan 30, 2019 at 20:17, valves-request@lists.example.org wrote:', 'list software'],
    ['On Jan 30, 2019 at 20:17, you wrote:', 'whoever is spoken to'],
    ['On Jan 30, 2019 at 20:17, 5a 5a 5a wrote:', 'a line of a dump'],
    ['On Jan 30, 2019, Kx?rz 11, 23:46:28 Ada Berg wrote:', 'the remains of a date'],
  ])('%s credits nobody: %s', (line) => {
    expect(parseAttribution(line)).toMatchObject({ name: null, address: null });
  });

  it.each(['active sync /dev/sdb1 said:', '// reconfiguration said:'])('%s is none', (line) => {
    expect(parseAttribution(line)).toBeNull();
  });
});
