import { basename, dirname } from 'node:path';
import { AutoTokenizer, env, type PreTrainedTokenizer } from '@xenova/transformers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { packagePath } from '../../index/package-path.js';
import { rememberWords } from '../../index/word-pieces.js';

let plain: PreTrainedTokenizer;
let remembering: PreTrainedTokenizer;

async function bundledTokenizer(): Promise<PreTrainedTokenizer> {
  const folder = packagePath('index/model');
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
  return AutoTokenizer.from_pretrained(basename(folder));
}

beforeAll(async () => {
  plain = await bundledTokenizer();
  remembering = await bundledTokenizer();
  rememberWords(remembering);
});

describe('a tokenizer that remembers words', () => {
  it.each([
    ['nothing', ''],
    ['white space', ' \t\r\n\u00a0\u2028\v\f '],
    ['punctuation', 'md0: recovery -> 12.5% (see "man mdadm"); a_b/c=d'],
    ['accents, apart too', 'Zoë Zoe\u0308 e \u0301 İstanbul'],
    ['a final sigma', 'ΟΔΟΣ ΟΔΟΣ. ΟΔΟΣΑ'],
    ['no spaces', '磁盘阵列 ディスク 디스크'],
    ['controls inside words', 'ra\u0000id ra\u200bid ra\u0085id ra\ufeffid'],
    ['special pieces', 'a [PAD] b[SEP]c [UNK] [CLS]'],
    ['a long word', 'x'.repeat(500)],
    ['broken surrogates', '\ud83e a \udd56'],
  ])('gives the same pieces for %s, the first time and again', (_, text) => {
    const pieces = plain.encode(text);
    expect(remembering.encode(text)).toEqual(pieces);
    expect(remembering.encode(text)).toEqual(pieces);
  });

  it('gives the same pieces for any text', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('the', 'array', '[SEP]', ' ', '\n', '\u00a0'),
    );
    fc.assert(
      fc.property(
        fc.array(words).map((parts) => parts.join('')),
        (text) => {
          expect(remembering.encode(text)).toEqual(plain.encode(text));
        },
      ),
    );
  });

  it('leaves a tokenizer that is not BERT’s as it is', async () => {
    const other = await bundledTokenizer();
    other.normalizer = null as unknown as PreTrainedTokenizer['normalizer'];
    const encode = other._encode_text;
    rememberWords(other);
    expect(other._encode_text).toBe(encode);
  });
});
