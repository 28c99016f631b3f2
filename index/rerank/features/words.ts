import { covered, coveredWithin, heldBy, pairsKept, phrasesHeld, type Finder } from '../matches.js';
import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

/** How much of the question's words a passage and its conversation hold. */
export function openWordFeatures(question: RankedQuestion, find: Finder): (material: Material) => Features {
  return ({ fields }) => {
    const [own, subject] = [find(fields.own), find(fields.subject)];
    const [quoted, parent] = [find(fields.quoted), find(fields.parent)];
    const held = heldBy(find, fields);
    const all = covered(question, held.all);
    const inOwn = covered(question, held.own);
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
