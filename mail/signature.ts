import { claim, nextFilled, type Labels } from './labels.js';
import { isEmptyLine, wordsOf, type Lines } from './lines.js';

/** RFC 3676, 4.3 knows four lines; people have more. */
const MAX_LINES = 20;
/** `--` without its blank opens a signature when no more than this stands below it. */
const MAX_SHORT = 8;
const DEVICE =
  /^\s{0,3}(?:(?:Sent|Gesendet|Envoyé|Enviado|Inviato|Verzonden|Skickat) (?:from|von|depuis|de|desde|da|vanaf|från) (?:my|meinem|mon|mi|mijn|min|Yahoo|Mail for|Outlook|Proton|Gmail|Samsung|a mobile|an? )[^.]{0,60}\.?|Get Outlook for \w.{0,60}|Get BlueMail for Android|Sent with (?:\[?Proton|Airmail|Spark|Mailspring).{0,80})\s*$/iu;

/** Labels signatures: what stands under `-- ` until a quote, footer or the end, and `Sent from my …` lines. */
export function labelSignatures(lines: Lines, labels: Labels): void {
  for (let i = 0; i < lines.count; i++) {
    if (labels.kind[i] !== null) continue;
    const words = wordsOf(lines, i);
    if (DEVICE.test(words)) labels.kind[i] = 'signature';
    if (words !== '-- ' && words !== '--' && !(words === '-- \u00a0') && words !== '--\u00a0') continue;
    const end = signatureEnd(lines, labels, i, words === '--' ? MAX_SHORT : MAX_LINES);
    if (end === null) continue;
    claim(labels, i, end, 'signature');
    i = end - 1;
  }
}

function signatureEnd(lines: Lines, labels: Labels, rule: number, most: number): number | null {
  const depth = labels.depth[rule]!;
  let filled = 0;
  let paragraph: number | null = null;
  let end = rule + 1;
  for (; end < lines.count; end++) {
    if (isEmptyLine(lines, end)) {
      if (filled > 0) paragraph ??= end;
      if (labels.depth[end] !== depth && labels.depth[nextFilled(lines, end)] !== depth) break;
      continue;
    }
    if (labels.kind[end] !== null || labels.depth[end] !== depth) break;
    filled++;
    if (filled > most) return most === MAX_SHORT ? null : (paragraph ?? end);
  }
  return end;
}
