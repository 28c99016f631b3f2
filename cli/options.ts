import { InvalidArgumentError } from 'commander';
import { startOfDate } from '../answer/question/dates.js';

/** Parses `--after 2019-03-05`; also a year or a month. */
export function dateOption(value: string): number {
  const instant = startOfDate(value);
  if (instant === null)
    throw new InvalidArgumentError('write a year, month or day, such as 2019, 2019-03 or 2019-03-05');
  return instant;
}

/** Parses a count from 1 to `most`. */
export function countOption(most: number): (value: string) => number {
  return (value) => {
    const count = Number(value);
    if (!/^\d+$/.test(value) || count < 1 || count > most)
      throw new InvalidArgumentError(`write a number from 1 to ${most}`);
    return count;
  };
}

/** Collects an option that may be given several times, or as a list with commas. */
export function listOption(value: string, before: readonly string[] = []): string[] {
  const names = value
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  if (names.length === 0) throw new InvalidArgumentError('write the name of a list');
  return [...before, ...names];
}
