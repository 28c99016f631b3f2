import type { Library } from '../index/library.js';
import { openWordVectors } from '../index/word-vectors.js';
import { askedOf } from './asked.js';
import { mostHits } from './hits.js';
import { answers, found, isSure, quoted, type AskOptions, type Outcome } from './outcome.js';
import { followUp, leansOn } from './question/followup.js';
import type { Query } from './question/query.js';
import { turnedTo, type Topic } from './question/topic.js';
import { nobody, voiceInThread } from './question/turn.js';

/** Answers in a conversation: the thread at hand is preferred; whose words of it are asked for is looked for there, and nowhere else. */
export async function followed(library: Library, alone: Query, topic: Topic, options: AskOptions): Promise<Outcome> {
  const leans = await leansOn(library, alone, topic);
  const query = followUp(alone, topic, leans);
  // Where what was asked before had no answer, no thread is at hand.
  const atHand = isSure(topic.sure, options);
  const voice = atHand ? await voiceInThread(library, query, topic.threads) : nobody;
  if (!leans) {
    const authorHint = voice.kind === 'heard' ? voice.speaker : query.authorHint;
    return found(library, { ...query, authorHint }, options);
  }
  if (voice.kind === 'none') {
    const outcome = await found(library, query, options);
    if (!answers(outcome, options)) return { ...outcome, topic };
    return { ...outcome, topic: atHand ? turnedTo(topic, outcome.topic.threads) : outcome.topic };
  }
  if (voice.kind === 'unheard')
    return { query, quotes: [], sure: 0, near: topic.threads, silence: voice.silence, topic };
  const { hits, speaker, thread } = voice;
  const around = await library.search({ question: query.text, filter: { thread }, limit: mostHits });
  const asked = askedOf(query.text, [...hits, ...around], speaker, await openWordVectors());
  const quotes = quoted(library, asked, hits, query, options);
  // That this is the thread is as sure as the answer before; that it is the person, names say.
  const turned = turnedTo(topic, [thread]);
  return { query, quotes, sure: topic.sure, near: turned.threads, silence: null, topic: turned };
}
