import { expect, it } from 'vitest';
import type { Quote } from '../../answer/answer.js';
import { inConversationOrder } from '../../answer/quote/conversation.js';
import type { Library } from '../../index/library.js';

/** A thread of three messages: `a`, its reply `b`, and `c` in reply to that. */
const library = {
  message: (messageId: string) => ({ messageId, rootId: 'a' }),
  thread: () => ({ members: ['a', 'b', 'c'].map((messageId) => ({ messageId })) }),
} as unknown as Pick<Library, 'message' | 'thread'>;

const quoteOf = (messageId: string, start: number) =>
  ({ messageId, spans: [{ start, end: start + 9 }], quotedBy: null }) as unknown as Quote;

/** The order of quotes, each written as its message and where in it they begin. */
function ordered(...quotes: [messageId: string, start: number][]): string[] {
  const inOrder = inConversationOrder(
    library,
    quotes.map(([messageId, start]) => quoteOf(messageId, start)),
  );
  return inOrder.map(({ messageId, spans }) => `${messageId ?? ''}${spans[0]?.start ?? ''}`);
}

it('the quotes of a thread stand in its order behind the first', () => {
  expect(ordered(['b', 0], ['c', 0], ['a', 0])).toEqual(['b0', 'a0', 'c0']);
});

it('what else is quoted of the message that answers stands right below', () => {
  expect(ordered(['c', 50], ['a', 0], ['c', 90], ['c', 0])).toEqual(['c50', 'c0', 'c90', 'a0']);
});

it('two quotes of another message stand in its order', () => {
  expect(ordered(['b', 0], ['c', 90], ['c', 10], ['a', 0])).toEqual(['b0', 'a0', 'c10', 'c90']);
});
