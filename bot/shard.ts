import { loadSettings } from '../settings.js';
import { startBot } from './start.js';

/** The program of one shard: discord.js tells it which one it is. */
const [dataDir = './data'] = process.argv.slice(2);
const settings = loadSettings();
const running = await startBot({ settings, dataDir, log: process.stderr, shard: true });

const leave = (): void => {
  void running.stop().then(() => process.exit(0));
};
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, leave);
process.once('disconnect', leave);
