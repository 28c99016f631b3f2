const SENT_FOR = '(?:on behalf of|de la part de|im Auftrag von|en nombre de|per conto di|namens)\\s+';
const WITHIN = new RegExp(`^(?:.{0,200}?\\b)??${SENT_FOR}(\\S.*)$`, 'isu');
const AT_FIRST = new RegExp(`^\\s{0,8}${SENT_FOR}`, 'iu');

/** Whom a mail was sent for, as mail programs and lists say beside their own name: `Valves On Behalf Of Ann Lee`; null where nobody is named so. */
export function sentFor(sender: string): string | null {
  let named: string | null = null;
  for (let match = WITHIN.exec(sender); match !== null; match = WITHIN.exec(named)) named = match[1]!;
  return named;
}

/** Whether a line goes on with whom a mail was sent for. */
export function goesOnSentFor(line: string): boolean {
  return AT_FIRST.test(line);
}
