import { addressIn } from './address.js';
import type { Attribution } from './block.js';
import { messageIdOf } from './message-id.js';

const MESSAGE_ID =
  /(?:\bin (?:message|article|mail|reply to)|message-id:?|\bin|news:)\s*<?([^<>\s@]{1,200}@[^<>\s]{1,200})>?/iu;
const ADDRESS = /[<[(]\s*(?:mailto:)?\s*([^<>()[\]]{1,200}?)\s*(?:\|?\s*mailto:[^<>\])]*)?[>\])]/giu;
/** As pipermail writes it, without brackets: a domain has a dot, and what `at` parts elsewhere has none. */
const PIPERMAIL_ADDRESS = /[\w.+-]{2,80} at (?:[\w-]{1,60}\.){1,6}[a-z]{2,12}(?![\w.])/u;
const BARE_ADDRESS = /[^\s<>()[\]"',;:]{1,100}@[^\s<>()[\]"',;]{1,200}/u;

/** What an attribution line names by its form: a Message-ID and an address; the rest are words. */
export interface Addressed {
  readonly messageId: Attribution['messageId'];
  readonly address: string | null;
  readonly words: string;
}

/** Takes Message-ID and address out of an attribution line. */
export function withoutAddresses(text: string): Addressed {
  let words = text;
  let messageId: Attribution['messageId'] = null;
  const id = /\bin\b|message-id|news:/iu.test(words) ? MESSAGE_ID.exec(words) : null;
  if (id !== null && /[\d$%]/u.test(id[1]!)) {
    messageId = messageIdOf(`<${id[1]!}>`);
    words = `${words.slice(0, id.index)} ${words.slice(id.index + id[0].length)}`;
  }
  let address: string | null = null;
  words = words.replace(ADDRESS, (whole, inner: string) => {
    if (!inner.includes('@') && !(/\bat\b|_at_|\(a\)/u.test(inner) && addressIn(inner) !== null)) return whole;
    address ??= inner.trim();
    return ' ';
  });
  words = words.replace(/\(\s*\)/gu, ' ');
  const bare =
    address === null ? (PIPERMAIL_ADDRESS.exec(words) ?? BARE_ADDRESS.exec(words)) : BARE_ADDRESS.exec(words);
  if (bare !== null) {
    address ??= bare[0].replace(/^mailto:/iu, '');
    words = `${words.slice(0, bare.index)} ${words.slice(bare.index + bare[0].length)}`;
  }
  return { messageId, address, words: words.trim() };
}
