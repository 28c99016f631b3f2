import { rmSync } from 'node:fs';
import { afterAll } from 'vitest';
import { openWriter } from '../../index/open.js';
import { describeLibrary } from './describe-library.js';
import { temporaryFolder } from './folder.js';

const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describeLibrary('the embedded library (SQLite, FTS5, HNSW)', () => {
  const folder = temporaryFolder();
  folders.push(folder);
  // The order of words and vectors alone: what the learnt ranking makes of three messages is no promise of the library.
  return openWriter(folder, { ranking: { rerank: false } });
});
