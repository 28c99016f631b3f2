import { inBatches, loadModel, type ModelSource } from './model-files.js';

/** A model that reads a question and a passage together: slower than comparing vectors, and a better judge. */
export interface CrossEncoder {
  /** How well each passage answers, higher is better. Scores compare passages of one question, on a scale of the model's own. */
  score(question: string, passages: readonly string[]): Promise<number[]>;
}

/** What such models can read at once, in word pieces, and the characters of a question that surely leave room for a passage. */
const MOST_PIECES = 512;
const QUESTION_CHARACTERS = 500;

/**
 * Loads a text-classification model that was trained on pairs of question and passage (`Xenova/ms-marco-MiniLM-L-6-v2`). Not through the
 * library's pipeline: that takes no pairs, and makes 1 of every score where there is one label. Throws with what to do about it where the
 * model cannot be loaded, or is of another kind.
 */
export async function openCrossEncoder(source: ModelSource): Promise<CrossEncoder> {
  const ways = { what: 're-ranking model', without: 'do without it by leaving its setting empty' };
  const { tokenizer, model } = await loadModel(source, ways, async (transformers, name) => {
    const { AutoTokenizer, AutoModelForSequenceClassification } = transformers;
    return {
      tokenizer: await AutoTokenizer.from_pretrained(name),
      model: await AutoModelForSequenceClassification.from_pretrained(name, { quantized: source.quantized }),
    };
  });
  tokenizer.model_max_length = Math.min(tokenizer.model_max_length ?? MOST_PIECES, MOST_PIECES);
  const typed = (model.session as { inputNames: string[] }).inputNames.includes('token_type_ids');

  async function scoresOf(question: string, passages: string[]): Promise<number[]> {
    const pairs = { text_pair: passages, padding: true, truncation: true, return_token_type_ids: typed };
    const inputs: unknown = tokenizer._call(new Array<string>(passages.length).fill(question), pairs);
    const { logits } = (await model._call(inputs)) as { logits: { dims: number[]; data: Float32Array } };
    return relevances(logits.data, logits.dims.at(-1) ?? 0, source.model);
  }

  await scoresOf('a', ['a']);
  return {
    score(question, passages) {
      const asked = question.slice(0, QUESTION_CHARACTERS).toWellFormed();
      return inBatches(
        passages.map((text) => text.toWellFormed()),
        (batch) => scoresOf(asked, batch),
      );
    },
  };
}

/** Of one label its logit, of two ("irrelevant", "relevant") how far the second is above the first. */
function relevances(logits: Float32Array, labels: number, model: string): number[] {
  if (labels !== 1 && labels !== 2) {
    throw new Error(
      `${model} tells ${labels} labels apart: a re-ranking model has one (relevance), or two; name another`,
    );
  }
  const rows = Array.from({ length: logits.length / labels }, (_, row) => row * labels);
  return rows.map((at) => (labels === 1 ? (logits[at] ?? 0) : (logits[at + 1] ?? 0) - (logits[at] ?? 0)));
}
