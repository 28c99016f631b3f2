/** The question in a chat message: mentions, custom emoji and Markdown's marks for emphasis are no part of it. */
export function questionIn(content: string): string {
  return content
    .replace(/<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,20}>/gu, ' ')
    .replace(/[*`~|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}
