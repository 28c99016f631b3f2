import { readFileSync } from 'node:fs';
import type { Reader } from '../../../ingest/readers/reader.js';
import type { MessageFields, Origin } from '../../../mail/message.js';
import { samplePath } from '../describe-reader.js';
import { collect, memoryFile } from '../memory-file.js';

type Found = MessageFields & { readonly origin: Origin };

export async function read(reader: Reader, content: string, path = 'page') {
  const items = await collect(reader.read(memoryFile(content, { path })));
  const messages = items.flatMap((item): Found[] =>
    item.kind === 'message' && item.message.content.kind === 'fields'
      ? [{ ...item.message.content.fields, origin: item.message.origin }]
      : [],
  );
  const members = items.flatMap((item) => (item.kind === 'overview' ? item.members : []));
  const skipped = items.flatMap((item) => (item.kind === 'skipped' ? [item.reason] : []));
  return { messages, members, skipped };
}

export const sample = (name: string): string => readFileSync(samplePath(`pages-a/${name}`), 'utf8');

export const iso = (fields: MessageFields | undefined): string | null =>
  fields?.date == null ? null : new Date(fields.date.instant).toISOString();
