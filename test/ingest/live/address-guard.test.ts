import { describe, expect, it } from 'vitest';
import { addressGuard, isPublicAddress, safeUrl } from '../../../ingest/live/address-guard.js';

describe('addresses', () => {
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '[2606:2800:220:1::1]'])(
    '%s is public',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    ...['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1'],
    ...['255.255.255.255', '198.51.100.7', '::1', '::', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:7f00:1', '64:ff9b::7f00:1', '2002:7f00:1::1', '2001::1', 'not an address', ''],
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('are checked behind the name that leads to them', async () => {
    await expect(addressGuard(false).addressesOf('localhost')).rejects.toMatchObject({ fault: 'forbidden' });
    expect((await addressGuard(true).addressesOf('localhost')).length).toBeGreaterThan(0);
  });

  it('are checked in the look-up whose result is connected to', async () => {
    const error = await new Promise((resolve) => addressGuard(false).lookup('localhost', {}, resolve));
    expect(error).toMatchObject({ fault: 'forbidden' });
  });
});

describe('URLs', () => {
  it.each([
    ...['file:///etc/passwd', 'ftp://example.org/', 'git://example.org/x', 'ssh://git@example.org/x', 'ext::sh -c id'],
    ...['http://user:secret@example.org/', 'javascript:alert(1)', 'no url', `https://example.org/${'a'.repeat(5000)}`],
  ])('are refused: %s', (url) => {
    expect(() => safeUrl(url)).toThrow(expect.objectContaining({ fault: 'forbidden' }));
  });

  it('never repeat a password', () => {
    expect(() => safeUrl('https://user:secret@example.org/')).not.toThrow(/secret/);
  });
});
