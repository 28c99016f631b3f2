import { patchOf } from '../../../mail/subject.js';
import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

const REASON =
  /\b(?:because|since|due to|reason|caused?|so that|therefore|otherwise|in order to|that'?s why|turns out|hence)\b/i;
const ADVICE =
  /\b(?:try|use|you (?:can|need|should|could|have to|must|want)|should|need to|instead|work ?around|run|set|make sure)\b/i;

/** What kind of text a passage is, and who speaks. */
export function formFeatures({ capitals }: RankedQuestion, { fields, speaker, subject, first }: Material): Features {
  const { own } = fields;
  const names = speaker.toLowerCase().match(/\p{L}+/gu) ?? [];
  const patch = patchOf(subject);
  return {
    questionMarks: Math.min(3, own.split('?').length - 1),
    reason: REASON.test(own) ? 1 : 0,
    advice: ADVICE.test(own) ? 1 : 0,
    digits: Math.min(20, own.match(/\d+/g)?.length ?? 0),
    speakerNamed: names.filter((name) => name.length > 2 && capitals.has(name)).length,
    patch: patch === null ? 0 : /^\s*(?:re|aw|sv)\b/i.test(subject) ? 0.5 : 1,
    firstPassage: first ? 1 : 0,
  };
}
