import { patchOf } from '../../../mail/subject.js';
import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

/** Words that tell what a passage does. */
export const FORMS = {
  reason:
    /\b(?:because|since|due to|reason|caused?|so that|therefore|otherwise|in order to|that'?s why|turns out|hence)\b/i,
  advice:
    /\b(?:try|use|you (?:can|need|should|could|have to|must|want)|should|need to|instead|work ?around|run|set|make sure)\b/i,
  opinion: /\b(?:i (?:think|believe|guess|suspect|would|don'?t)|imo|imho|probably|in my)\b/i,
  thanks:
    /\b(?:thanks|thank you|that (?:fixed|worked|did it|solved)|works? (?:now|fine|great|for me)|solved|applied)\b/i,
};

/** What kind of text a passage is, and who speaks. */
export function formFeatures({ capitals }: RankedQuestion, { fields, speaker, subject, first }: Material): Features {
  const { own, quoted } = fields;
  const letters = lettersIn(own);
  const names = speaker.toLowerCase().match(/\p{L}+/gu) ?? [];
  const patch = patchOf(subject);
  return {
    length: Math.log(1 + own.length),
    quotedLength: Math.log(1 + quoted.length),
    letters: letters / (1 + own.length),
    questionMarks: Math.min(3, own.split('?').length - 1),
    endsAsking: /\?\s*(?:\S+\s*){0,4}$/.test(own.slice(-80)) ? 1 : 0,
    reason: FORMS.reason.test(own) ? 1 : 0,
    advice: FORMS.advice.test(own) ? 1 : 0,
    opinion: FORMS.opinion.test(own) ? 1 : 0,
    thanks: FORMS.thanks.test(own) ? 1 : 0,
    digits: Math.min(20, own.match(/\d+/g)?.length ?? 0),
    speakerNamed: names.filter((name) => name.length > 2 && capitals.has(name)).length,
    patch: patch === null ? 0 : /^\s*(?:re|aw|sv)\b/i.test(subject) ? 0.5 : 1,
    firstPassage: first ? 1 : 0,
  };
}

function lettersIn(text: string): number {
  let letters = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code >= 0xc0) letters++;
  }
  return letters;
}
