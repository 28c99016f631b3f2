import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { ArchiveItem, Reader, SkipReason } from '../../ingest/readers/reader.js';
import { collect, memoryFile } from './memory-file.js';
import { processorTime } from '../processor-time.js';

/** A file that a reader must read, and what it must find there. */
export interface ReaderSample {
  /** Below test/samples, e.g. `stores/quoted-from.mbox`; `.gz` is unpacked first. Or the content itself with `content`. */
  readonly path: string;
  /** The content, where it is no file. */
  readonly content?: string | Uint8Array;
  readonly messages: number;
  readonly overviews?: number;
  readonly deletions?: number;
  readonly skipped?: Partial<Record<SkipReason, number>>;
}

/** Files that no reader of mail may take for its own. */
const foreign: readonly (readonly [string, string | Uint8Array])[] = [
  ['an empty file', ''],
  ['a blank line', '\n'],
  ['binary junk', junk(4096)],
  ['NUL octets', new Uint8Array(4096)],
  ['a shell script', '#!/bin/sh\nset -e\necho From here on\n'],
  ['a JPEG', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1])],
  ['some other JSON', '{"name": "threadlore", "version": "1.0.0"}\n'],
  ['some other page', '<!DOCTYPE html><html><head><title>Shop</title></head><body><p>Buy now.</p></body></html>\n'],
  ['some other XML', '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>\n'],
  ['prose', 'From the start we knew: it would rain.\n\nIt rained.\n'],
];

const hostile: readonly (readonly [string, string | Uint8Array])[] = [
  ...foreign,
  ['a line of 10 MB', 'x'.repeat(10_000_000)],
  ['a line of 10 MB of markers', '>'.repeat(10_000_000)],
  ['unclosed tags', '<div '.repeat(100_000)],
  ['open brackets', '['.repeat(1_000_000)],
  ['blank lines', '\n'.repeat(1_000_000)],
];

/** The contract of every reader of files. Call it at the top of a test file. */
export function describeReader(name: string, reader: Reader, samples: readonly ReaderSample[]): void {
  describe(`${name} (reader contract)`, () => {
    describe.each(samples.map((sample) => [sample.path, sample] as const))('%s', (path, sample) => {
      const octets = octetsOf(sample);
      const read = (options = {}) => collect(reader.read(memoryFile(octets, { path, ...options })));

      it('is detected by its content', () => {
        expect(reader.detects(octets.subarray(0, 64 * 1024), path)).toBe(true);
      });

      it('yields what it holds', async () => {
        expect(count(await read())).toEqual({
          messages: sample.messages,
          overviews: sample.overviews ?? 0,
          deletions: sample.deletions ?? 0,
          skipped: sample.skipped ?? {},
        });
      });

      it('is read alike however its octets arrive', async () => {
        const whole = await read();
        expect(await read({ chunk: 1013 })).toEqual(whole);
        if (octets.length < 20_000) expect(await read({ chunk: 1 })).toEqual(whole);
      });

      it('gives every message a place, a source and a list', async () => {
        const items = await read();
        const origins = items.flatMap((item) => (item.kind === 'message' ? [item.message.origin] : []));
        expect(new Set(origins.map((origin) => origin.locator)).size).toBe(origins.length);
        for (const origin of origins) {
          expect(origin.source).toBe(path);
          expect(origin.list).toMatch(/^\S+$/);
          if (origin.permalink !== undefined) expect(origin.permalink).toMatch(/^https?:\/\/\S+$/);
        }
      });

      it('takes the list name that was given', async () => {
        for (const item of await read({ list: 'given-name' }))
          if (item.kind === 'message') expect(item.message.origin.list).toBe('given-name');
      });

      it('yields sound messages', async () => {
        for (const item of await read()) expectSound(item);
      });

      it('survives being cut anywhere', async () => {
        for (let part = 0; part < 12; part++) {
          const cut = octets.subarray(0, Math.floor((octets.length * part) / 12));
          for (const item of await collect(reader.read(memoryFile(cut, { path })))) expectSound(item);
        }
      });

      it('survives damaged octets', async () => {
        const damaged = Uint8Array.from(octets);
        for (let at = 7; at < damaged.length; at += 97) damaged[at] = (at * 31) & 0xff;
        for (const item of await collect(reader.read(memoryFile(damaged, { path })))) expectSound(item);
      });
    });

    it.each(foreign)('does not take %s for its format', (_what, content) => {
      expect(reader.detects(bytes(content), 'file')).toBe(false);
    });

    it.each(hostile)('never throws on %s, and is quick', async (_what, content) => {
      const spent = processorTime();
      const octets = bytes(content);
      reader.detects(octets.subarray(0, 64 * 1024), 'file');
      for (const item of await collect(reader.read(memoryFile(octets)))) expectSound(item);
      expect(spent()).toBeLessThan(5000);
    });
  });
}

/** The octets of a sample, unpacked. */
export function octetsOf(sample: Pick<ReaderSample, 'path' | 'content'>): Uint8Array {
  if (sample.content !== undefined) return bytes(sample.content);
  const octets = readFileSync(samplePath(sample.path));
  return sample.path.endsWith('.gz') ? gunzipSync(octets) : octets;
}

/** The path of a file below test/samples. */
export function samplePath(path: string): string {
  return fileURLToPath(new URL(`../samples/${path}`, import.meta.url));
}

function expectSound(item: ArchiveItem): void {
  if (item.kind === 'overview') {
    item.members.forEach(({ parent, sighting }, index) => {
      if (parent !== null) expect(parent).toBeLessThan(index);
      if (sighting.date !== null) expect(Number.isFinite(sighting.date.instant)).toBe(true);
    });
    return;
  }
  if (item.kind !== 'message') return;
  const { content } = item.message;
  if (content.kind === 'octets') {
    expect(content.octets.length).toBeGreaterThan(0);
    return;
  }
  const { fields } = content;
  expect(fields.text).not.toContain('\r');
  expect(fields.subject).not.toMatch(/[\r\n]/);
  expect(fields.messageId ?? '').not.toMatch(/[<>\s]/);
  if (fields.date !== null) expect(Number.isFinite(fields.date.instant)).toBe(true);
}

function count(items: readonly ArchiveItem[]) {
  const skipped: Partial<Record<SkipReason, number>> = {};
  for (const item of items) if (item.kind === 'skipped') skipped[item.reason] = (skipped[item.reason] ?? 0) + 1;
  const of = (kind: ArchiveItem['kind']) => items.filter((item) => item.kind === kind).length;
  return { messages: of('message'), overviews: of('overview'), deletions: of('deletion'), skipped };
}

function bytes(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content;
}

/** Octets without meaning, the same at each run (a linear congruential generator). */
function junk(length: number): Uint8Array {
  let state = 42;
  return Uint8Array.from({ length }, () => (state = (state * 1103515245 + 12345) & 0x7fffffff) >> 16);
}
