import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';

const run = promisify(execFile);
const program = fileURLToPath(new URL('../../dist/bot/preview/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'threadlore-preview-'));
const page = join(folder, 'index.html');

beforeAll(async () => {
  await run(process.execPath, [program, page]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const chromium = await run('chromium', ['--version']).then(
  () => true,
  () => false,
);
if (!chromium) console.warn('skipped: no chromium on this machine to take a picture of the preview with');

it('shows the real answers to questions about the sample archive, and loads nothing', () => {
  const html = readFileSync(page, 'utf8');
  expect(html).toContain('The time is not the problem, the wear is.');
  expect(html).toMatch(
    /How do I bake sourdough bread[\s\S]*The archive does not answer this\.[\s\S]*The nearest threads:/u,
  );
  expect(html).not.toMatch(/<(?:script|link|img|iframe)|@import|url\(/u);
});

it.skipIf(!chromium)('is drawn by a browser as a dark channel with cards in it', async () => {
  const picture = join(folder, 'preview.png');
  const quiet = ['--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  await run('chromium', [
    ...['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--window-size=800,900', ...quiet],
    `--user-data-dir=${join(folder, 'browser')}`,
    `--screenshot=${picture}`,
    pathToFileURL(page).href,
  ]);
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height]).toEqual([800, 900]);
  const share = (...colour: readonly number[]): number => {
    let count = 0;
    for (let at = 0; at < data.length; at += 3)
      if (colour.every((value, part) => data[at + part] === value)) count += 1;
    return count / (data.length / 3);
  };
  expect(share(0x31, 0x33, 0x38)).toBeGreaterThan(0.2);
  expect(share(0x2b, 0x2d, 0x31)).toBeGreaterThan(0.2);
  expect(share(0x58, 0x65, 0xf2)).toBeGreaterThan(0.002);
});
