import { describe, expect, it } from 'vitest';
import { parseMailbox } from '../../mail/mailbox.js';
import { isRobot } from '../../mail/robot.js';
import { expectLinear } from './hostile.js';

const robot = (from: string, subject = 'kettles', headers: Record<string, string> = {}): boolean =>
  isRobot({ from: parseMailbox(from), subject, headers: new Map(Object.entries(headers)), text: 'Hello.' });

describe('robots', () => {
  it.each([
    'kernel test robot <lkp@example.org>',
    'syzbot <syzbot+0a1b@syzkaller.appspotmail.com>',
    'patchwork-bot+pots@example.org',
    'Mail Delivery System <MAILER-DAEMON@example.org>',
    'tip-bot2 for Ann Lee <tip-bot2@example.org>',
    'bugzilla-daemon@example.org',
    'buildbot@example.org',
    'Ann via CI <no-reply@example.org>',
  ])('%s is one', (from) => expect(robot(from)).toBe(true));

  it.each<[string, string, Record<string, string>]>([
    ['an automatic reply', 'Automatic reply: kettles', {}],
    ['an absence', 'Out of the office', {}],
    ['a bounce', 'Undeliverable: kettles', {}],
    ['Auto-Submitted', 'kettles', { 'auto-submitted': 'auto-replied' }],
  ])('%s is one', (_case, subject, headers) => expect(robot('Ann <ann@example.org>', subject, headers)).toBe(true));

  it.each<[string, string, Record<string, string>]>([
    ['Robert Robot <robert@example.org>', 'Re: my robot', {}],
    ['Botond Bot <bot@example.org>', 'automatic kettles', {}],
    ['Ann <ann@example.org>', 'Re: [syzbot] kettles crash', {}],
    ['Ann <ann@example.org>', 'Re: out of the box', {}],
    ['Ann <ann@example.org>', 'kettles', { 'auto-submitted': 'no', precedence: 'bulk', 'list-id': 'pots' }],
    ['', '', {}],
  ])('%s: %s is a person', (from, subject, headers) => expect(robot(from, subject, headers)).toBe(false));

  it('are told in linear time', () => {
    expectLinear((line) => isRobot({ from: { name: line, address: line, masked: null }, subject: line, text: line }));
  });
});
