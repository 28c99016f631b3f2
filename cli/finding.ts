/** One thing that was looked at. `missing`: something required is not there; `note`: something that only some need. */
export interface Finding {
  readonly state: 'fine' | 'note' | 'missing';
  readonly what: string;
  readonly detail: string;
  readonly mend: string | null;
}

export function fine(what: string, detail: string): Finding {
  return { state: 'fine', what, detail, mend: null };
}
