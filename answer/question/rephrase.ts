/** Ways of asking whose words an answer does not repeat, and how an answer puts the same. */
const phrases: readonly (readonly [RegExp, string])[] = [
  // Who is meant is no part of what is asked: "according to its author" finds mail about authors.
  [/,?\s*\baccording to (?:its|the|their) (?:authors?|maintainers?|developers?)\b/giu, ''],
  // Nobody writes that a thing exists for a reason; they write what its purpose is.
  [/\breasons? for (.{1,60}?) to exist\b/giu, "purpose or raison d'être of $1"],
  [/\bwhy (?:does|do|did) (.{1,60}?) exist\b/giu, "what is the purpose or raison d'être of $1"],
];

/** The question in the words in which an answer would speak of what it asks about. */
export function rephrased(question: string): string {
  return phrases.reduce((text, [asked, answered]) => text.replace(asked, answered), question).trim();
}
