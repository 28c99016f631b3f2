/** An address as an archive shows it: whole, or masked in the way of its software. */
export interface ShownAddress {
  readonly address: string | null;
  readonly masked: string | null;
}

/** RFC 5321, 4.5.3.1: 64 octets, `@` and 255 more; anything longer is no address. */
const MAX_LENGTH = 320;

/**
 * What archives put in place of an address:
 * `ann@...mple.org` (blists), `ann@xxxxxxxxx` (lkml.iu.edu), `ann@example•org` (public-inbox), `ann_at_example.org`
 * (hypermail), `ann (at) example.org`, `@nn m@iii@g oii ex@mpie@org` (the R lists), `ann...@example.org` (Google Groups), `ann@hidden`, `[email protected]` (Cloudflare),
 * `ann-7bE2xK3p@public.gmane.org` (Gmane).
 */
const MASKS: readonly RegExp[] = [
  /^\S+@\.{2,3}\S*$/u,
  /^\S+@(?:x{3,}|\*{3,})(?:\.(?:x+|\*+|[a-z.]+))*$/iu,
  /^\S*[•…*]\S*$/u,
  /^[^\s@]+(?:_at_|\(a\)|\(at\)|\[at\])[^\s@]+$/iu,
  /^\S+ m@[il]{3}@g o[il]{2} \S+$/iu,
  /^[^\s@]+ ?[([{<]? ?\bat\b ?[)\]}>]? ?[^\s@]+(?: ?[([{]?dot[)\]}]? ?[^\s@]+)*$/iu,
  /^\S*\.{2,}@\S+$/u,
  /^\S+@(?:hidden|removed|redacted|\[.*\])$/iu,
  /^\[email.protected\]$/iu,
  /^\S+-[\w+/]{10,}@public\.gmane\.org$/iu,
];

/** Mailman's pipermail writes every address like this, and always this: the way back is certain. */
const PIPERMAIL = /^(?<local>[^\s@<>()]+) at (?<domain>[\w-]+(?:\.[\w-]+)+)$/u;

/** Reads a text that is an address and nothing else; null where it is something else. */
export function addressIn(text: string): ShownAddress | null {
  if (text.length > MAX_LENGTH) return null;
  const bare = text
    .replace(/^[\s<[]*mailto:/iu, '')
    .replace(/\s*\n\s*/gu, '')
    .trim();
  const pipermail = PIPERMAIL.exec(bare)?.groups;
  if (pipermail !== undefined) return whole(`${pipermail['local']}@${pipermail['domain']}`);
  if (MASKS.some((mask) => mask.test(bare))) return { address: null, masked: bare };
  return whole(bare);
}

/** A real address, its domain in lower case (RFC 5321, 2.4: the local part keeps its case). */
function whole(text: string): ShownAddress | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at);
  const domain = text.slice(at + 1).toLowerCase();
  const plausible =
    at > 0 && /^(?:"[^"]*"|[^\s"<>(),;:@]+)$/u.test(local) && /^[\p{L}\p{N}\p{M}._:[\]-]+$/u.test(domain);
  return plausible ? { address: `${local}@${domain}`, masked: null } : null;
}
