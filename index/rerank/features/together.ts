import { covered, heldBy, type Finder } from '../matches.js';
import type { Material } from '../material.js';
import type { RankedQuestion } from '../question.js';
import type { Features } from '../linear.js';

/**
 * How much of the question's words the other candidates of a thread hold, and this one does not: a thread that has together all that is asked is
 * the right one, and its answer need not repeat what was said before.
 */
export function openTogetherFeatures(
  question: RankedQuestion,
  find: Finder,
  materials: readonly Material[],
): (material: Material) => Features {
  const threads = new Map<number, ReturnType<typeof heldBy>>();
  for (const material of materials) {
    const [known, held] = [threads.get(material.root), heldBy(find, material.fields)];
    threads.set(material.root, { own: (known?.own ?? 0) | held.own, all: (known?.all ?? 0) | held.all });
  }
  return ({ root, fields }) => {
    const [together, held] = [threads.get(root) ?? { own: 0, all: 0 }, heldBy(find, fields)];
    return {
      ownElsewhere: covered(question, together.own & ~held.own),
      allElsewhere: covered(question, together.all & ~held.all),
    };
  };
}
