import { covered, coveredWithin, openFinder, pairsKept, phrasesHeld } from '../matches.js';
import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

/** How much of the question's words a passage and its conversation hold. */
export function openWordFeatures(question: RankedQuestion): (material: Material) => Features {
  const find = openFinder(question);
  return ({ fields }) => {
    const [own, subject, quoted] = [find(fields.own), find(fields.subject), find(fields.quoted)];
    const [parent, opening] = [find(fields.parent), find(fields.opening)];
    const around = subject.held | quoted.held | parent.held | opening.held;
    const all = covered(question, own.held | around);
    const inOwn = covered(question, own.held);
    return {
      coveredOwn: inOwn,
      coveredAll: all,
      coveredOwnAndSubject: covered(question, own.held | subject.held),
      onlyAround: all - inOwn,
      coveredWindow: coveredWithin(question, own, 250),
      pairsAround: Math.max(pairsKept(question, quoted), pairsKept(question, subject), pairsKept(question, parent)),
      rarestOwn: rarestHeld(question, own.held),
      phrasesOwn: phrasesHeld(question, [fields.own]),
      phrasesAround: phrasesHeld(question, [fields.subject, fields.quoted, fields.parent]),
    };
  };
}

/** How many of the question's three most telling terms are held. */
function rarestHeld({ rarest }: RankedQuestion, held: number): number {
  return rarest.slice(0, 3).filter((term) => held & (1 << term)).length;
}
