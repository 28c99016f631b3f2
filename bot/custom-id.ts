/** What a button does, with the short key of what it does it to. Keys are those of `bot.sqlite`, so that buttons outlive restarts and indexes. */
export type Action =
  /** The nth quote (from 0) of a shown answer. */
  | { readonly kind: 'context'; readonly answer: number; readonly quote: number }
  | { readonly kind: 'more' | 'share' | 'up' | 'down'; readonly answer: number }
  /** A page (from 0) of the thread around a reference. */
  | { readonly kind: 'thread' | 'page'; readonly reference: number; readonly page: number }
  | { readonly kind: 'cancel'; readonly run: number };

/** Changes when the meaning of custom ids does; buttons of another version say that they are too old. */
const version = '1';

export function customId(action: Action): string {
  switch (action.kind) {
    case 'context':
      return join(action.kind, action.answer, action.quote);
    case 'thread':
    case 'page':
      return join(action.kind, action.reference, action.page);
    case 'cancel':
      return join(action.kind, action.run);
    default:
      return join(action.kind, action.answer);
  }
}

function join(kind: Action['kind'], ...numbers: readonly number[]): string {
  return [version, kind, ...numbers].join(':');
}

/** The action of a custom id; null where another version, or nobody of ours, wrote it. */
export function parseCustomId(text: string): Action | null {
  const match = /^1:([a-z]{2,10}):(\d{1,15})(?::(\d{1,6}))?$/u.exec(text);
  if (match === null) return null;
  const [, kind, first, second] = match;
  const [key, place] = [Number(first), second === undefined ? null : Number(second)];
  switch (kind) {
    case 'context':
      return place === null ? null : { kind, answer: key, quote: place };
    case 'thread':
    case 'page':
      return place === null ? null : { kind, reference: key, page: place };
    case 'more':
    case 'share':
    case 'up':
    case 'down':
      return { kind, answer: key };
    case 'cancel':
      return { kind, run: key };
    default:
      return null;
  }
}
