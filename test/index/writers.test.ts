import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { IndexBusyError } from '../../index/errors.js';
import { openWriter, storeOf } from '../../index/open.js';
import { packagePath } from '../../index/package-path.js';
import { id } from './build.js';
import { temporaryFolder } from './folder.js';
import { ask, cup, made } from './tea.js';

let folder: string;
beforeEach(() => void (folder = temporaryFolder()));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COMPILED = packagePath('dist/index/open.js');

/** Another process that opens the index for writing and runs `work` with it as `writer`. Gives it once it has printed a line. */
async function otherWriter(folder: string, work: string): Promise<ReturnType<typeof spawn>> {
  const script = `import { openWriter } from ${JSON.stringify(`file://${COMPILED}`)};
    const writer = await openWriter(${JSON.stringify(folder)});
    ${work}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve, reject) => {
    child.stdout?.once('data', () => resolve());
    child.once('exit', (code) => reject(new Error(`ended with ${code}`)));
  });
  return child;
}

async function killed(child: ReturnType<typeof spawn>): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await gone;
}

describe('writers', () => {
  it('exclude each other, within a process too', async () => {
    const first = await openWriter(folder);
    const error: unknown = await openWriter(folder).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(IndexBusyError);
    expect(error).toMatchObject({ pid: process.pid });
    first.close();
    first.close();
    (await openWriter(folder)).close();
  });

  it('wait for each other where they are told to', async () => {
    const first = await openWriter(folder);
    let told: number | null = null;
    const second = openWriter(folder, { wait: true, onWaiting: (pid) => (told = pid) });
    setTimeout(() => first.close(), 50);
    (await second).close();
    expect(told).toBe(process.pid);
  });

  it('that are killed lock nobody out and leave a whole index', async () => {
    await made(folder);
    const child = await otherWriter(
      folder,
      `
      writer.transaction(() => {
        writer.drop('tea@x');
        console.log('in the middle');
        for (;;);
      });`,
    );
    const error: unknown = await openWriter(folder).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'IndexBusyError', pid: child.pid });
    await killed(child);
    const writer = await openWriter(folder);
    expect(storeOf(writer).db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(writer.message(id('tea@x'))).not.toBeNull();
    writer.close();
    expect(await ask(folder, 'boiling')).toEqual(['tea@x']);
  });

  it('finish what a killed one put but did not weave', async () => {
    await made(folder);
    const child = await otherWriter(
      folder,
      `
      writer.put({ ...${JSON.stringify(cup)} });
      console.log('put');
      setInterval(() => {}, 1000);`,
    );
    await killed(child);
    const writer = await openWriter(folder);
    expect([...writer.unwoven()]).toEqual(['cup@x']);
    writer.close();
  });
});
