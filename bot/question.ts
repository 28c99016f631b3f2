import { isCourtesy } from '../answer/question/courtesy.js';

/** The question in a chat message: mentions, custom emoji and Markdown's marks for emphasis are no part of it. */
export function questionIn(content: string): string {
  return content
    .replace(/<(?:@[!&]?|#|a?:\w{1,40}:)\d{1,20}>/gu, ' ')
    .replace(/[*`~|]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();
}

/** Whether a message to the bot holds something to look up: thanks, greetings and cries for help do not. */
export function isQuestion(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text) && !isCourtesy(text) && !/^(?:(?:help|please|me)[\s,.!?]*)+$/iu.test(text);
}
