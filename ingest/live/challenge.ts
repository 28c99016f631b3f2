/** Pages that want a browser to prove that a person sits before it: Anubis, Cloudflare, and the like. */
const MARKERS =
  /\/\.within\.website\/|anubis_challenge|Making sure you(?:&#39;|')re not a bot|\/cdn-cgi\/challenge-platform\/|cf[-_]chl[-_]|<title>\s{0,9}(?:Just a moment|Attention Required|Checking your browser|Verifying you are human|DDoS-Guard|Access denied)/i;

/** Whether an answer is a challenge page. They are reported, never worked around. */
export function isChallenge(headers: { readonly mitigated: string | null }, start: string): boolean {
  return headers.mitigated === 'challenge' || MARKERS.test(start.slice(0, 65_536));
}

/** Whether octets begin like a web page. */
export function looksLikeHtml(start: string): boolean {
  return /^\s{0,99}(?:<!--|<!doctype html|<html\b|<head\b|<\?xml[^>]{0,200}\?>\s{0,99}<!DOCTYPE html)/i.test(
    start.slice(0, 1000),
  );
}
