import type { Login } from '../sources.js';
import { isPublicAddress, type AddressGuard } from './address-guard.js';
import { LiveError } from './live-error.js';
import type { NntpConnection } from './nntp-connection.js';

/** Whether a password may be sent: over TLS; without it within private networks alone, where these are allowed. */
export async function mayLogIn(url: URL, guard: AddressGuard): Promise<boolean> {
  if (url.protocol === 'nntps:') return true;
  if (!guard.allowPrivate) return false;
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return (await guard.addressesOf(host)).every(({ address }) => !isPublicAddress(address));
}

/** AUTHINFO USER and PASS (RFC 4643, 2.3). What the server says is not repeated: it may repeat the password. @throws LiveError */
export async function logIn(
  connection: NntpConnection,
  url: URL,
  { user, password }: Login,
  guard: AddressGuard,
): Promise<void> {
  if (!(await mayLogIn(url, guard)))
    throw new LiveError('forbidden', `${url.host}: a password is sent over TLS alone; write the URL with nntps://`);
  let { code } = await connection.ask(`AUTHINFO USER ${user}`);
  if (code === 381) ({ code } = await connection.ask(`AUTHINFO PASS ${password}`));
  if (code === 281) return;
  if (code === 400 || code === 403)
    throw new LiveError('busy', `${url.host} cannot check the user name and password now (${code})`);
  throw new LiveError('missing', `${url.host} does not take the user name and password (${code}); check them`);
}
