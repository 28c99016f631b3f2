import { lookup as resolveName, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { promisify } from 'node:util';
import ipaddr from 'ipaddr.js';
import { LiveError } from './live-error.js';

const resolve = promisify(resolveName) as (host: string, options: { all: true }) => Promise<LookupAddress[]>;

/** Decides which hosts may be asked: those on the public internet, unless private networks are allowed. */
export interface AddressGuard {
  readonly allowPrivate: boolean;
  /** Whether this very address may be connected to. */
  allows(address: string): boolean;
  /** For `net.connect` and what is built on it: the address that was checked is the one that is connected to. */
  readonly lookup: LookupFunction;
  /** The addresses of a host name or literal. @throws LiveError (`forbidden`, `network`) */
  addressesOf(host: string): Promise<LookupAddress[]>;
}

const schemes = new Set(['http:', 'https:', 'nntp:', 'nntps:']);

/**
 * Reads a URL of a kind that may be fetched.
 *
 * @throws LiveError (`forbidden`) for other schemes, for user names and passwords, and for what is no URL
 */
export function safeUrl(text: string, base?: URL): URL {
  const shown = text.slice(0, 200);
  if (text.length > 4096 || !URL.canParse(text, base?.href)) throw new LiveError('forbidden', `"${shown}" is no URL`);
  const url = new URL(text, base?.href);
  if (!schemes.has(url.protocol) || url.hostname === '')
    throw new LiveError('forbidden', `only http, https, nntp and nntps URLs are read, not ${url.protocol}`);
  if (url.username !== '' || url.password !== '')
    throw new LiveError('forbidden', `${url.host}: URLs with a user name or password are not used; leave them out`);
  return url;
}

/** Whether an address is on the public internet: no loopback, private, link-local, shared, multicast or reserved one, however it is wrapped. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '').replace(/%.*$/, '');
  // `process` unwraps IPv4 in IPv6 (::ffff:127.0.0.1); 6to4, Teredo and NAT64 count as what they are: no plain unicast.
  return ipaddr.isValid(bare) && ipaddr.process(bare).range() === 'unicast';
}

/** `allows`: other rules, for tests: everything that they can reach is private. */
export function addressGuard(
  allowPrivate: boolean,
  allows = (address: string): boolean => allowPrivate || isPublicAddress(address),
): AddressGuard {
  async function addressesOf(host: string): Promise<LookupAddress[]> {
    const bare = host.replace(/^\[|\]$/g, '');
    const found = await resolve(bare, { all: true }).catch((cause: unknown) => {
      throw new LiveError(
        'network',
        `${host}: no such host, or no name server answers; check the name and the network`,
        {
          cause,
        },
      );
    });
    const inside = found.find(({ address }) => !allows(address));
    if (inside !== undefined)
      throw new LiveError(
        'forbidden',
        `${host} is ${inside.address}, an address of a private network; set ALLOW_PRIVATE_NETWORKS=1 if it is meant`,
      );
    return found;
  }
  return {
    allowPrivate,
    allows,
    addressesOf,
    lookup(host, options, callback) {
      addressesOf(host).then(
        (found) => {
          const { family, all } = options;
          const wanted = found.filter(
            (one) => family === undefined || family === 0 || `IPv${one.family}` === family || one.family === family,
          );
          const [first] = wanted;
          if (first === undefined) callback(new LiveError('network', `${host} has no address that can be used`), '');
          else if (all === true) callback(null, wanted);
          else callback(null, first.address, first.family);
        },
        (error: unknown) => callback(error as Error, ''),
      );
    },
  };
}
