import { patchOf } from '../../mail/subject.js';
import { covered, coveredWithin, openFinder, pairsKept, phrasesHeld, type Matches } from './matches.js';
import type { Material } from './material.js';
import type { RankedQuestion } from './question.js';

/** What is measured of a candidate, by name. All numbers are finite. */
export type Features = Readonly<Record<string, number>>;

/** Measures every candidate of a question, among the others that were found. */
export function featuresOf(question: RankedQuestion, materials: readonly Material[]): Features[] {
  const find = openFinder(question);
  const among = openAmong(materials);
  return materials.map((material) => {
    const matches = {
      own: find(material.fields.own),
      subject: find(material.fields.subject),
      quoted: find(material.fields.quoted),
      parent: find(material.fields.parent),
      opening: find(material.fields.opening),
    };
    return {
      ...foundFeatures(material),
      ...wordFeatures(question, material, matches),
      ...formFeatures(question, material),
      ...threadFeatures(question, material),
      ...among(material),
    };
  });
}

function foundFeatures({ candidate }: Material): Features {
  const { lexical, vector, fields, similarity, score } = candidate;
  return {
    lexicalScore: lexical?.score ?? 0,
    lexicalPlace: lexical === undefined ? 0 : 1 / (5 + lexical.rank),
    vectorPlace: vector === undefined ? 0 : 1 / (5 + vector.rank),
    similarity,
    fused: score,
    bm25Own: fields.own,
    bm25Subject: fields.subject,
    bm25Quoted: fields.quoted,
    bm25Parent: fields.parent,
    bm25Opening: fields.opening,
  };
}

interface FieldMatches {
  readonly own: Matches;
  readonly subject: Matches;
  readonly quoted: Matches;
  readonly parent: Matches;
  readonly opening: Matches;
}

function wordFeatures(question: RankedQuestion, { fields }: Material, matches: FieldMatches): Features {
  const { own, subject, quoted, parent, opening } = matches;
  const around = subject.held | quoted.held | parent.held | opening.held;
  const all = covered(question, own.held | around);
  const inOwn = covered(question, own.held);
  return {
    coveredOwn: inOwn,
    coveredAround: covered(question, around),
    coveredQuoted: covered(question, quoted.held),
    coveredParent: covered(question, parent.held),
    coveredAll: all,
    coveredOwnAndSubject: covered(question, own.held | subject.held),
    onlyAround: all - inOwn,
    coveredWindow: coveredWithin(question, own, 250),
    pairsOwn: pairsKept(question, own),
    pairsAround: Math.max(pairsKept(question, quoted), pairsKept(question, subject), pairsKept(question, parent)),
    rarestOwn: rarestHeld(question, own.held),
    rarestAll: rarestHeld(question, own.held | around),
    phrasesOwn: phrasesHeld(question, [fields.own]),
    phrasesAround: phrasesHeld(question, [fields.subject, fields.quoted, fields.parent]),
    density: own.terms.length / (1 + fields.own.length / 100),
    questionTerms: question.terms.length,
  };
}

/** How many of the question's three most telling terms are held. */
function rarestHeld({ rarest }: RankedQuestion, held: number): number {
  return rarest.slice(0, 3).filter((term) => held & (1 << term)).length;
}

const FORMS = {
  reason:
    /\b(?:because|since|due to|reason|caused?|so that|therefore|otherwise|in order to|that'?s why|turns out|hence)\b/i,
  advice:
    /\b(?:try|use|you (?:can|need|should|could|have to|must|want)|should|need to|instead|work ?around|run|set|make sure)\b/i,
  opinion: /\b(?:i (?:think|believe|guess|suspect|would|don'?t)|imo|imho|probably|in my)\b/i,
  thanks:
    /\b(?:thanks|thank you|that (?:fixed|worked|did it|solved)|works? (?:now|fine|great|for me)|solved|applied)\b/i,
};

function formFeatures({ kind, capitals }: RankedQuestion, { fields, speaker, subject, first }: Material): Features {
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
    why: kind === 'why' ? 1 : 0,
    how: kind === 'how' ? 1 : 0,
    who: kind === 'who' ? 1 : 0,
    amount: kind === 'amount' ? 1 : 0,
    choice: kind === 'choice' ? 1 : 0,
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

function threadFeatures({ capitals }: RankedQuestion, material: Material): Features {
  const { candidate, message, thread, replies, speaker } = material;
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
    byAsker: asker !== null && asker === speaker ? 1 : 0,
    confirmed: replies.some(({ opening }) => FORMS.thanks.test(opening)) ? 1 : 0,
    confirmedByAsker: replies.some(({ author, opening }) => author === asker && FORMS.thanks.test(opening)) ? 1 : 0,
    parentAsks: /\?/.test(material.fields.quoted || material.fields.parent) ? 1 : 0,
    parentNamed: parentNames.filter((name) => name.length > 2 && capitals.has(name)).length,
  };
}

/** How a candidate compares with the other candidates, above all those of its own thread. */
function openAmong(materials: readonly Material[]): (material: Material) => Features {
  const top = (value: (material: Material) => number): number => Math.max(1e-9, ...materials.map(value));
  const best = {
    lexical: top(({ candidate }) => candidate.lexical?.score ?? 0),
    own: top(({ candidate }) => candidate.fields.own),
    subject: top(({ candidate }) => candidate.fields.subject),
    fused: top(({ candidate }) => candidate.score),
    similarity: top(({ candidate }) => candidate.similarity),
  };
  const threads = new Map<number, Material[]>();
  for (const material of materials) threads.set(material.root, [...(threads.get(material.root) ?? []), material]);
  const byMessage = new Map<number, number>();
  for (const { message, candidate } of materials) {
    byMessage.set(message, Math.max(byMessage.get(message) ?? 0, candidate.score));
  }
  return (material) => {
    const { candidate, root, message, thread } = material;
    const same = threads.get(root) ?? [];
    const parent = thread.find(({ id }) => id === message)?.parent ?? null;
    const children = thread.filter((place) => place.parent === message).map(({ id }) => byMessage.get(id) ?? 0);
    return {
      lexicalShare: (candidate.lexical?.score ?? 0) / best.lexical,
      ownShare: candidate.fields.own / best.own,
      subjectShare: candidate.fields.subject / best.subject,
      similarityGap: best.similarity - candidate.similarity,
      threadBest: Math.max(...same.map((other) => other.candidate.score)) / best.fused,
      threadSum: same.reduce((sum, other) => sum + other.candidate.score, 0) / best.fused,
      threadFound: same.length,
      placeInThread: same.filter((other) => other.candidate.score > candidate.score).length,
      ownPlaceInThread: same.filter((other) => other.candidate.fields.own > candidate.fields.own).length,
      similarPlaceInThread: same.filter((other) => other.candidate.similarity > candidate.similarity).length,
      parentFound: parent === null ? 0 : (byMessage.get(parent) ?? 0) / best.fused,
      childFound: Math.max(0, ...children) / best.fused,
    };
  };
}
