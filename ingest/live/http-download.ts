import { stat } from 'node:fs/promises';
import type { Dispatcher } from 'undici';
import { checkAnswer, headerOf, validatorsOf } from './http-answer.js';
import { readBody, writeBody } from './http-body.js';
import { LiveError } from './live-error.js';
import { beginPart, dropPart, endPart, partPath, strongValidator, type Part } from './part-file.js';

/** A download: to `path`, from `url`, with what is there already. */
export interface Saving {
  readonly url: URL;
  readonly path: string;
  readonly part: Part | null;
  readonly limit: number;
}

/**
 * Writes the body of an answer to the file as it comes. Where it breaks off, and the server told what names this version of the thing, the beginning
 * is kept, and the next download asks for the rest alone. @throws LiveError, and what the network and the disk throw
 */
export async function saveBody(answer: Dispatcher.ResponseData, saving: Saving, at: URL): Promise<void> {
  const { path, part } = saving;
  switch (answer.statusCode) {
    case 304:
      return dropPart(path);
    case 200:
      await beginPart(path, saving.url, strongValidator(validatorsOf(answer), headerOf(answer, 'date')));
      await write(answer, saving, at, 0);
      return endPart(path);
    case 206:
      if (part === null || startOf(answer) !== part.octets) return giveUp(path, at);
      await write(answer, saving, at, part.octets);
      if (!(await isWhole(answer, path))) return giveUp(path, at);
      return endPart(path);
    case 416:
      return giveUp(path, at);
    default:
      checkAnswer(answer, at, (await readBody(answer, 2 ** 20, at)).toString('latin1'));
      throw new LiveError('not-understood', `${at.href}: an answer without a file (status ${answer.statusCode})`);
  }
}

async function write(answer: Dispatcher.ResponseData, saving: Saving, at: URL, from: number): Promise<void> {
  try {
    await writeBody(answer.body, { path: partPath(saving.path), from, limit: saving.limit }, at);
  } catch (error) {
    if (error instanceof LiveError && error.fault === 'too-large') await dropPart(saving.path);
    throw error;
  }
}

/** What is there fits no longer: it is tried again from the beginning. */
async function giveUp(path: string, { host, pathname }: URL): Promise<never> {
  await dropPart(path);
  throw new LiveError('network', `${host} does not go on where ${pathname} broke off; it is fetched anew`);
}

function startOf(answer: Dispatcher.ResponseData): number {
  return Number(/^bytes (\d{1,15})-/.exec(headerOf(answer, 'content-range') ?? '')?.[1] ?? -1);
}

async function isWhole(answer: Dispatcher.ResponseData, path: string): Promise<boolean> {
  const length = /\/(\d{1,15})$/.exec(headerOf(answer, 'content-range') ?? '')?.[1];
  return length === undefined || (await stat(partPath(path))).size === Number(length);
}
