import { openLibrary, openWriter } from '../../index/open.js';
import { chain, message, vectorsFor } from './build.js';

export const tea = message({ messageId: 'tea@x', text: 'Black tea wants boiling water.\n' });

export const cup = message({ messageId: 'cup@x', text: 'A cold cup cools it.\n' });

export async function made(folder: string): Promise<void> {
  const writer = await openWriter(folder);
  writer.put(tea);
  writer.weave([chain([tea])], vectorsFor([chain([tea])]));
  await writer.graph({ force: true });
  writer.close();
}

export async function ask(folder: string, question: string): Promise<string[]> {
  const library = await openLibrary(folder);
  const hits = await library.search({ question, filter: {}, limit: 5 });
  library.close();
  return hits.map(({ passage }) => passage.messageId);
}
