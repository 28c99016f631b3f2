import type { Command } from 'commander';
import { examine } from '../checks.js';
import { contextOf, type World } from '../context.js';
import { QuietFailure } from '../failure.js';
import type { Finding } from '../finding.js';
import { writeLine } from '../streams.js';
import { printableLine, wrapped, type Look } from '../terminal.js';

/** `threadlore doctor`: what is missing, and how to mend it. Exit status 1 where something required is. */
export function addDoctor(program: Command, world: World): void {
  program
    .command('doctor')
    .description('say what is missing, and how to mend it')
    .option('--json', 'print the findings as JSON')
    .action(async ({ json }: { json?: true }, command: Command) => {
      const context = contextOf(world, command);
      const findings = await examine(context);
      const lines = findings.map((finding) => renderFinding(finding, context.look));
      await writeLine(context.streams.out, json === true ? JSON.stringify(findings) : lines.join('\n'));
      if (findings.some(({ state }) => state === 'missing')) throw new QuietFailure('something required is missing');
    });
}

function renderFinding({ state, what, detail, mend }: Finding, { colors, width }: Look): string {
  const marks = { fine: colors.green('ok     '), note: colors.yellow('note   '), missing: colors.red('missing') };
  const head = `${marks[state]} ${what}: ${printableLine(detail)}`;
  return mend === null ? head : `${head}\n${wrapped(`→ ${mend}`, width, '        ')}`;
}
