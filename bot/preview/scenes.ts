import type { Answer } from '../../answer/answer.js';
import type { Citation } from '../../answer/cite.js';
import type { PassageContext } from '../../answer/passage-context.js';
import type { MessageId } from '../../mail/message-id.js';
import type { Library } from '../../index/library.js';
import { answerJob } from '../archive/jobs.js';
import { renderAnswer } from '../render/answer.js';
import { renderCitations } from '../render/cite.js';
import { renderContext } from '../render/context.js';
import { renderThread } from '../render/thread.js';
import type { ThreadView } from '../../answer/thread-view.js';
import type { Scene } from './page.js';

/** What a channel about the bundled sample archive could look like: the bot's own payloads for questions to it. */
export async function sampleScenes(library: Library): Promise<Scene[]> {
  const ask = async (question: string, limit: number): Promise<Answer> => {
    const { answer } = (await answerJob(library, { kind: 'ask', request: { question, limit } })) as {
      answer: Answer;
    };
    return answer;
  };
  const view = { key: 1, threadKey: 1, embeds: true, more: true };
  const journal = await ask('Why is the journal not synced after every record?', 3);
  const bread = await ask('How do I bake sourdough bread in a wood oven?', 3);
  const tape = await ask('What keeps barnacles away from the pressure sensor?', 1);
  const cited = (await answerJob(library, { kind: 'cite', reference: nack })) as Citation[];
  const context = await contextOf(library, journal);
  const thread = (await answerJob(library, { kind: 'thread', reference: nack })) as ThreadView;
  const used = { person: 'Ada', words: null, private: false };
  return [
    { ...used, command: '/ask', answer: renderAnswer({ ...view, answer: journal, private: false }) },
    {
      ...used,
      command: null,
      person: 'Bert',
      words: '<@1> What keeps barnacles away from the pressure sensor?',
      answer: renderAnswer({ ...view, answer: tape, private: false }),
    },
    { ...used, command: '/ask', answer: renderAnswer({ ...view, answer: bread, private: true }), private: true },
    ...(context === null
      ? []
      : [{ ...used, command: 'Context 2', answer: renderContext(context, 2, 1), private: true }]),
    { ...used, command: '/cite', answer: renderCitations(cited, 'discord', 1) },
    { ...used, command: '/thread', answer: renderThread({ thread, messageId: nack, key: 1, page: null }) },
  ];
}

const nack = 'CAF2m=vT0kRbarreto82@mail.example.org' as MessageId;

async function contextOf(library: Library, answer: Answer): Promise<PassageContext | null> {
  const quote = answer.kind === 'found' ? answer.quotes[1] : undefined;
  return quote === undefined ? null : ((await answerJob(library, { kind: 'context', quote })) as PassageContext | null);
}
