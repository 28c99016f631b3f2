import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

const THANKS =
  /\b(?:thanks|thank you|that (?:fixed|worked|did it|solved)|works? (?:now|fine|great|for me)|solved|applied)\b/i;

/** Where in its thread a message stands, and what was replied to it. */
export function threadFeatures({ capitals }: RankedQuestion, material: Material): Features {
  const { message, thread, replies, speaker } = material;
  const place = thread.find(({ id }) => id === message);
  const parent = thread.find(({ id }) => id === place?.parent);
  const asker = thread[0]?.author ?? null;
  const parentNames = (parent?.author ?? '').toLowerCase().match(/\p{L}+/gu) ?? [];
  return {
    position: place === undefined ? 0 : place.position / Math.max(1, thread.length),
    speakerShare: thread.filter(({ author }) => author === speaker).length / Math.max(1, thread.length),
    byAsker: asker !== null && asker === speaker ? 1 : 0,
    confirmed: replies.some(({ opening }) => THANKS.test(opening)) ? 1 : 0,
    confirmedByAsker: replies.some(({ author, opening }) => author === asker && THANKS.test(opening)) ? 1 : 0,
    parentAsks: /\?/.test(material.fields.quoted || material.fields.parent) ? 1 : 0,
    parentNamed: parentNames.filter((name) => name.length > 2 && capitals.has(name)).length,
  };
}
