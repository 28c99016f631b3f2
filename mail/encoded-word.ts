const WORD = /=\?([\w-]{1,40})(?:\*[\w-]{1,20})?\?([bq])\?([^?\s]{0,200})\?=(?:\s+(?==\?))?/giu;

/** Decodes the encoded words (RFC 2047) that a mail program copied from a header into a body: `=?UTF-8?q?J=C3=B6rg=20Ek?=`. */
export function withoutEncodedWords(text: string): string {
  if (!text.includes('=?')) return text;
  return text.replace(WORD, (whole, charset: string, kind: string, words: string) => {
    try {
      const octets = Uint8Array.from(kind.toLowerCase() === 'b' ? base64(words) : quoted(words));
      return new TextDecoder(charset, { fatal: true }).decode(octets);
    } catch {
      return whole;
    }
  });
}

function base64(words: string): number[] {
  return [...atob(words)].map((sign) => sign.charCodeAt(0));
}

function quoted(words: string): number[] {
  const octets: number[] = [];
  for (const [piece, hex] of words.matchAll(/=([\dA-F]{2})|[^]/giu)) {
    octets.push(hex === undefined ? (piece === '_' ? 32 : piece.charCodeAt(0)) : Number.parseInt(hex, 16));
  }
  return octets;
}
