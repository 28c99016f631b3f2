const SENT_FOR =
  /^(?:.{0,200}?\b)??(?:on behalf of|de la part de|im Auftrag von|en nombre de|per conto di|namens)\s+(\S.*)$/isu;

/** Whom a mail was sent for, as mail programs and lists say beside their own name: `Valves On Behalf Of Ann Lee`; null where nobody is named so. */
export function sentFor(sender: string): string | null {
  let named: string | null = null;
  for (let match = SENT_FOR.exec(sender); match !== null; match = SENT_FOR.exec(named)) named = match[1]!;
  return named;
}
