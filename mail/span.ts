/**
 * A stretch of a text: UTF-16 code units, `start` included, `end` excluded.
 * Everything that is ever quoted is a list of spans into `Message.text`, never a copy.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** The text that `spans` cut out of `text`, joined by newlines: how quoted lines lose their markers but no word. */
export function textAt(text: string, spans: readonly Span[]): string {
  return spans.map(({ start, end }) => text.slice(start, end)).join('\n');
}
