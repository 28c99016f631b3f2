import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReplySubject, normaliseSubject, patchOf } from '../../mail/subject.js';
import { expectLinear } from './hostile.js';

describe('subjects that threads share', () => {
  it.each([
    ['Re: Kettles', 'kettles'],
    ['RE[2]:  Kettles \n boil', 'kettles boil'],
    ['Re^3: Kettles', 'kettles'],
    ['AW: WG: Kettles', 'kettles'],
    ['SV: VS: Antw: Odp: RES: Kettles', 'kettles'],
    ['R: Kettles', 'kettles'],
    ['Re : Kettles', 'kettles'],
    ['回复： Kettles', 'kettles'],
    ['Fwd: [pots] Re: [pots] Kettles', 'kettles'],
    ['Re: (subset) [PATCH v2 1/3] Kettles', '[patch v2 1/3] kettles'],
    ['[PATCH] kettle: boil', 'kettle: boil'],
    ['[PATCH v2] kettle: boil', '[patch v2] kettle: boil'],
    ['[PATCH v4 3/8] kettle: boil', '[patch v4 3/8] kettle: boil'],
    ['[v4,3/8] kettle: boil', '[patch v4 3/8] kettle: boil'],
    ['[PATCH,v4,3/8] kettle: boil', '[patch v4 3/8] kettle: boil'],
    ['[PATCH v4 03/08] kettle: boil', '[patch v4 3/8] kettle: boil'],
    ['vs: not a reply', 'vs: not a reply'],
    ['fs: fix it', 'fs: fix it'],
    ['[ANNOUNCE]', '[announce]'],
    ['', ''],
  ])('%j', (subject, normalised) => expect(normaliseSubject(subject)).toBe(normalised));

  const piece = fc.constantFrom(
    'Re: ',
    're:',
    'AW: ',
    'R: ',
    'r: ',
    '[x] ',
    '[PATCH 1/2] ',
    '[v3] ',
    '(subset) ',
    'İ',
    'ＲＥ：',
    'Kettle',
    ' ',
    '[',
    ']',
    ': ',
    'fwd: ',
  );
  const subject = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(piece).map((pieces) => pieces.join('')),
    fc.string({ minLength: 900, maxLength: 1200 }),
  );

  it('stay as they are when normalised again', () => {
    fc.assert(
      fc.property(subject, (text) => {
        expect(normaliseSubject(normaliseSubject(text))).toBe(normaliseSubject(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('do not change when they are answered', () => {
    fc.assert(
      fc.property(subject, (text) => {
        expect(normaliseSubject(`Re: ${text}`.slice(0, 1000))).toBe(normaliseSubject(text.slice(0, 996)));
        expect(isReplySubject(`Re: ${text}`)).toBe(true);
      }),
    );
  });

  it('are read in linear time', () => {
    expectLinear(normaliseSubject);
    expectLinear(isReplySubject);
    expectLinear(patchOf);
  });
});

describe('replies', () => {
  it.each(['Re: x', 're:x', 'RE: x', '[pots] Re: x', 'AW: x', 'Sv: x', '回复: x', 'Re[4]: x'])('%s is one', (subject) =>
    expect(isReplySubject(subject)).toBe(true),
  );
  it.each(['x', 'Fwd: x', 'Reading: x', '[pots] x', 'regarding re: x', 'res: x', ''])('%j is none', (subject) =>
    expect(isReplySubject(subject)).toBe(false),
  );
});

describe('patch subjects', () => {
  it.each([
    ['[PATCH] x', { prefixes: ['PATCH'], version: 1, number: null, total: null, isCover: false }],
    ['[PATCH v4 3/8] x', { prefixes: ['PATCH'], version: 4, number: 3, total: 8, isCover: false }],
    ['[RFC PATCH 0/5] x', { prefixes: ['RFC', 'PATCH'], version: 1, number: 0, total: 5, isCover: true }],
    ['[PATCH net-next v2] x', { prefixes: ['PATCH', 'net-next'], version: 2, number: null }],
    ['[v4,0/8] x', { prefixes: [], version: 4, number: 0, total: 8, isCover: true }],
    ['[PATCH,v2,3/4] x', { prefixes: ['PATCH'], version: 2, number: 3, total: 4 }],
    ['[PATCHv3] x', { prefixes: ['PATCH'], version: 3 }],
    ['[PATCH v2.1] x', { version: 2.1 }],
    ['[RFCv2] x', { prefixes: ['RFC'], version: 2 }],
    ['[PATCH RESEND V3 01/10] x', { prefixes: ['PATCH', 'RESEND'], version: 3, number: 1, total: 10 }],
    ['Re: [pots] [PATCH 1/2] x', { version: 1, number: 1, total: 2, title: 'x' }],
    ['[PATCHSET 0/3] x', { prefixes: ['PATCHSET'], number: 0, isCover: true }],
  ])('%s', (subject, patch) => expect(patchOf(subject)).toMatchObject({ title: 'x', ...patch }));

  it.each(['x', '[pots] x', 'Re: x', '[ANNOUNCE] pots 2.0', 'PATCH x', '[pots:main 12/34] BUILD REGRESSION', ''])(
    '%j is none',
    (subject) => expect(patchOf(subject)).toBeNull(),
  );
});
