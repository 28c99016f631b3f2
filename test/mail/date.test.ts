import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIso, formatIsoLocal, minuteOf, parseMailDate, withinZoneDoubt } from '../../mail/date.js';
import { expectLinear } from './hostile.js';

describe('dates with a zone', () => {
  it.each([
    ['Wed, 30 Jan 2019 21:44:46 -0800', '2019-01-30T21:44:46-08:00'],
    ['30 Jan 2019 21:44 -0800', '2019-01-30T21:44:00-08:00'],
    ['Wed,  3 Jan 19 21:44:46 EST', '2019-01-03T21:44:46-05:00'],
    ['Tue, 5 Jun 2018 20:08:32 EDT', '2018-06-05T20:08:32-04:00'],
    ['Mon, 24 Nov 2025 18:16:51 +0000 (UTC)', '2025-11-24T18:16:51Z'],
    ['Mon, 24 Nov 2025 18:16:51 +0100 (CET)', '2025-11-24T18:16:51+01:00'],
    ['Mon, 24 Nov 2025 18:16:51 GMT', '2025-11-24T18:16:51Z'],
    ['Thu, 14 Mar 102 10:10:10 GMT', '2002-03-14T10:10:10Z'],
    ['Mon, 31 Dec 2001 23:59:60 +0000', '2001-12-31T23:59:59Z'],
    ['Tue Jun 05 2018 - 20:08:32 EST', '2018-06-05T20:08:32-05:00'],
    ['Wed Jan 30 20:17:02 2019 +0100', '2019-01-30T20:17:02+01:00'],
    ['July 20, 2018, 7:51 p.m. UTC', '2018-07-20T19:51:00Z'],
    ['2019-01-30T20:17:00+05:30', '2019-01-30T20:17:00+05:30'],
    ['2025-11-24T14:31:56.123Z', '2025-11-24T14:31:56Z'],
    ['30 January 2019 09:25:21 GMT+01:00', '2019-01-30T09:25:21+01:00'],
    ['2019-01-30 at 20:17 -0500', '2019-01-30T20:17:00-05:00'],
  ])('%s', (text, iso) => {
    const date = parseMailDate(text);
    expect(date && formatIsoLocal(date)).toBe(iso);
    expect(date && formatIso(date)).toBe(new Date(iso).toISOString().replace('.000', ''));
  });
});

describe('dates without a zone', () => {
  it.each([
    ['2019-01-29 16:54', '2019-01-29T16:54:00Z'],
    ['Jan. 5, 2024, noon', '2024-01-05T12:00:00Z'],
    ['Feb. 3, 2024, midnight', '2024-02-03T00:00:00Z'],
    ['Sept. 3, 2024, 4 p.m.', '2024-09-03T16:00:00Z'],
    ['March 3, 2024, 12:05 a.m.', '2024-03-03T00:05:00Z'],
    ['20251124T143156', '2025-11-24T14:31:56Z'],
    ['2018-07-20T19:51:46', '2018-07-20T19:51:46Z'],
    ['Tue Jun  5 20:08:32 2018', '2018-06-05T20:08:32Z'],
    ['Wed, Jan 30, 2019 at 8:17 PM', '2019-01-30T20:17:00Z'],
    ['Jan 30, 2019, at 8:17\u202fPM', '2019-01-30T20:17:00Z'],
    ['Wednesday, January 30, 2019 8:17 PM', '2019-01-30T20:17:00Z'],
    ['1/30/19 8:17 PM', '2019-01-30T20:17:00Z'],
    ['01/30/2019 08:17 PM', '2019-01-30T20:17:00Z'],
    ['30/01/2019 20:17', '2019-01-30T20:17:00Z'],
    ['30.01.2019 20:17', '2019-01-30T20:17:00Z'],
    ['30. 1. 2019 v 20:17', '2019-01-30T20:17:00Z'],
    ['2019/01/30', '2019-01-30T00:00:00Z'],
    ['Mi., 30. Jan. 2019 um 20:17 Uhr', '2019-01-30T20:17:00Z'],
    ['Mittwoch, 6. März 2019 20:17', '2019-03-06T20:17:00Z'],
    ['le mer. 30 janv. 2019 à 20:17', '2019-01-30T20:17:00Z'],
    ['1er août 2019 à 8 h 05', '2019-08-01T08:05:00Z'],
    ['El mié., 30 de ene. de 2019 a las 20:17', '2019-01-30T20:17:00Z'],
    ['Il giorno mer 30 gen 2019 alle ore 20:17', '2019-01-30T20:17:00Z'],
    ['Op wo 30 jan. 2019 om 20:17', '2019-01-30T20:17:00Z'],
    ['Em qua., 30 de jan. de 2019 às 20:17', '2019-01-30T20:17:00Z'],
    ['śr., 30 sty 2019 o 20:17', '2019-01-30T20:17:00Z'],
    ['ср, 30 янв. 2019 г. в 20:17', '2019-01-30T20:17:00Z'],
    ['2019年1月30日(水) 20:17', '2019-01-30T20:17:00Z'],
    ['2019年1月30日 下午8:17', '2019-01-30T20:17:00Z'],
    ['2019년 1월 30일 오후 8:17', '2019-01-30T20:17:00Z'],
  ])('%s', (text, iso) => {
    const date = parseMailDate(text);
    expect(date?.offset).toBeNull();
    expect(date && formatIsoLocal(date)).toBe(iso);
  });
});

it.each([
  '',
  'yesterday',
  'version 1.2.3',
  'Thu, 1 Jan 0000 00:00:00 +0000',
  'Thu, 1 Jan 1970 00:00:00 +0000',
  'Fri, 31 Dec 9999 23:59:59 +0000',
  'Sat, 30 Feb 2019 10:00:00 +0000',
  'Wed, 30 Jan 2019 25:00:00 +0000',
  'Wed, 30 Foo 2019 10:00:00 +0000',
])('%j is no date that mail can have', (text) => expect(parseMailDate(text)).toBeNull());

describe('dates as a law', () => {
  const instant = fc
    .integer({ min: Date.UTC(1971, 0, 2), max: Date.UTC(2099, 11, 30) })
    .map((value) => Math.floor(value / 1000) * 1000);
  const offset = fc.integer({ min: -14 * 4, max: 14 * 4 }).map((quarters) => quarters * 15 + 0);
  const date = fc.record({ instant, offset });

  it('what is written is read again', () => {
    fc.assert(
      fc.property(date, (written) => {
        expect(parseMailDate(formatIsoLocal(written))).toEqual(written);
        expect(parseMailDate(formatIso(written))).toEqual({ instant: written.instant, offset: 0 });
      }),
    );
  });

  it('what JavaScript writes is read as JavaScript means it', () => {
    fc.assert(
      fc.property(instant, (value) => {
        expect(parseMailDate(new Date(value).toUTCString())).toEqual({ instant: value, offset: 0 });
      }),
    );
  });

  it('never throws and takes any length in linear time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void parseMailDate(text)));
    expectLinear(parseMailDate);
  });

  it('a lost zone stays within doubt, whichever side lost it', () => {
    fc.assert(
      fc.property(date, (whole) => {
        const lost = { instant: whole.instant + whole.offset * 60_000, offset: null };
        expect(withinZoneDoubt(whole, lost, 0)).toBe(true);
        expect(withinZoneDoubt(lost, whole, 0)).toBe(true);
      }),
    );
  });
});

it('known zones leave no doubt', () => {
  const [a, b] = [parseMailDate('2019-01-30 20:17 +0000'), parseMailDate('2019-01-30 21:17 +0000')];
  if (a === null || b === null) throw new Error('both are dates');
  expect(withinZoneDoubt(a, b, 1)).toBe(false);
  expect(withinZoneDoubt(a, { ...b, offset: null }, 1)).toBe(true);
  expect(withinZoneDoubt(a, { instant: b.instant + 7 * 60_000, offset: null }, 1)).toBe(false);
  expect(minuteOf(b) - minuteOf(a)).toBe(60);
});
