import { Command } from 'commander';
import { packagePath } from '../../index/package-path.js';
import { setsDescription } from '../question-sets.js';

/** What a training command fits, and the file of the package that holds it. */
interface Fitted {
  readonly name: string;
  readonly description: string;
  readonly file: string;
}

/** A command that fits something on question sets. It takes the sets and `--output`, by default the file that the package reads. */
export function trainingCommand({ name, description, file }: Fitted): Command {
  return new Command(name)
    .description(description)
    .argument('<set...>', setsDescription)
    .option('--output <file>', 'where the weights are written', packagePath(file));
}
