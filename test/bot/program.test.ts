import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { definitions } from '../../bot/definitions.js';
import { addSource } from '../../ingest/sources.js';
import { shardOf } from '../discord/gateway.js';
import { LoopbackDiscord } from '../discord/loopback.js';
import { botToken, ids } from '../discord/world.js';
import { answerTo, readable, removeData, sampleData, until } from './run.js';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
let dataDir = '';
let discord: LoopbackDiscord;
beforeAll(async () => {
  dataDir = await sampleData();
});
afterAll(() => removeData(dataDir));
beforeEach(async () => {
  discord = await LoopbackDiscord.start();
});
afterEach(async () => {
  expect(discord.violations).toEqual([]);
  await discord.close();
});

interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  readonly said: () => string;
}

function threadlore(...args: string[]): Program {
  const env = {
    ...process.env,
    DISCORD_TOKEN: botToken,
    DISCORD_APPLICATION_ID: ids.application,
    DISCORD_API_URL: discord.apiUrl,
  };
  const child = spawn(process.execPath, [main, '--data', dataDir, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += String(chunk)));
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, ended, said: () => said };
}

describe('threadlore bot', () => {
  it('answers, and leaves on SIGTERM', async () => {
    const program = threadlore('bot');
    await until(() => program.said().includes('ready'), 20_000);
    const answer = await answerTo(
      discord.command('ask', { question: 'Under which licence are the calibration tables?' }),
    );
    expect(readable(answer)).toContain('CC0 is fine.');
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.said()).toContain('left');
    expect(program.said()).not.toContain(botToken);
  });

  it('says what is missing where there is no token', async () => {
    const child = spawn(process.execPath, [main, '--data', dataDir, 'bot'], {
      env: { ...process.env, DISCORD_TOKEN: '' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk) => (said += String(chunk)));
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(said).toMatch(/DISCORD_TOKEN is not set: copy the token from/u);
  });

  it('runs as many processes as Discord advises, each with its servers; one follows the archives, and SIGTERM ends all', async () => {
    discord.gateway.advised = 2;
    // What is followed cannot be read, which who follows it says.
    addSource(dataDir, { url: join(dataDir, 'no-such-archive'), kind: null, list: null, everyMinutes: null });
    const program = threadlore('bot', '--shards', 'auto');
    await until(() => (program.said().match(/"msg":"ready"/gu) ?? []).length === 2, 50_000);
    expect(discord.gateway.identifies.map(({ shard }) => shard)).toEqual([
      [0, 2],
      [1, 2],
    ]);
    const servers = [...program.said().matchAll(/"shard":(\d),"bot":"threadlore","servers":(\d)/gu)];
    const here = shardOf(ids.guild, 2);
    expect(Object.fromEntries(servers.map(([, shard = '', count]) => [shard, Number(count)]))).toEqual({
      [here]: 1,
      [1 - here]: 0,
    });
    const answer = await answerTo(
      discord.command('ask', { question: 'Under which licence are the calibration tables?' }),
    );
    expect(readable(answer)).toContain('CC0 is fine.');
    await until(() => program.said().includes('a source could not be read'), 20_000);
    expect(program.said().match(/a source could not be read/gu)).toHaveLength(1);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(program.said().match(/"msg":"left"/gu)).toHaveLength(2);
    expect(discord.gateway.connections).toBe(0);
    expect(program.said()).not.toContain(botToken);
  });
});

describe('threadlore deploy-commands', () => {
  it('registers where the definitions changed, and not again', async () => {
    const first = threadlore('deploy-commands');
    expect(await first.ended).toBe(0);
    expect(first.said()).toContain('Registered the commands everywhere.');
    expect(discord.registered).toEqual(JSON.parse(JSON.stringify(definitions)));
    const second = threadlore('deploy-commands');
    expect(await second.ended).toBe(0);
    expect(second.said()).toContain('have not changed');
    const guild = threadlore('deploy-commands', '--guild', ids.guild);
    expect(await guild.ended).toBe(0);
    expect(discord.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `PUT /applications/${ids.application}/commands`,
      `PUT /applications/${ids.application}/guilds/${ids.guild}/commands`,
    ]);
  });
});
