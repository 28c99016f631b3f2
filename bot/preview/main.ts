import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openLibrary } from '../../index/open.js';
import { packagePath } from '../../index/package-path.js';
import { ingest } from '../../ingest/sync.js';
import { renderPage } from './page.js';
import { sampleScenes } from './scenes.js';

/** `npm run preview`: writes preview/index.html (or the file that is named), so that answers can be seen before the bot is invited. */
const [out = packagePath('preview/index.html')] = process.argv.slice(2);
const dataDir = await mkdtemp(join(tmpdir(), 'threadlore-preview-'));
try {
  await ingest({ dataDir, paths: [packagePath('test/samples/archive')] });
  const library = await openLibrary(dataDir);
  const page = renderPage('gannet-help', await sampleScenes(library));
  library.close();
  await mkdir(dirname(out), { recursive: true });
  await writeFile(out, page);
  process.stdout.write(`Wrote ${out}: open it in a browser.\n`);
} finally {
  await rm(dataDir, { recursive: true, force: true });
}
