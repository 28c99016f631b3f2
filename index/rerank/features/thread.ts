import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';
import { FORMS } from './form.js';

/** Where in its thread a message stands, and what was replied to it. */
export function threadFeatures({ capitals }: RankedQuestion, material: Material): Features {
  const { candidate, message, thread, replies, speaker, written } = material;
  const place = thread.find(({ id }) => id === message);
  const parent = thread.find(({ id }) => id === place?.parent);
  const asker = thread[0]?.author ?? null;
  const parentNames = (parent?.author ?? '').toLowerCase().match(/\p{L}+/gu) ?? [];
  return {
    robot: candidate.robot ? 1 : 0,
    depth: Math.min(12, place?.depth ?? 0),
    position: place === undefined ? 0 : place.position / Math.max(1, thread.length),
    threadSize: Math.log(1 + thread.length),
    replies: replies.length,
    written: Math.log(1 + written),
    byAsker: asker !== null && asker === speaker ? 1 : 0,
    confirmed: replies.some(({ opening }) => FORMS.thanks.test(opening)) ? 1 : 0,
    confirmedByAsker: replies.some(({ author, opening }) => author === asker && FORMS.thanks.test(opening)) ? 1 : 0,
    parentAsks: /\?/.test(material.fields.quoted || material.fields.parent) ? 1 : 0,
    parentNamed: parentNames.filter((name) => name.length > 2 && capitals.has(name)).length,
  };
}
