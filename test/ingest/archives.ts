import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLibrary } from '../../index/open.js';
import { textAt } from '../../mail/span.js';

/** A folder of its own for each test; `clean` takes them all away. */
export function folders(): { readonly make: () => string; readonly clean: () => void } {
  const made: string[] = [];
  return {
    make() {
      const folder = mkdtempSync(join(tmpdir(), 'threadlore-test-'));
      made.push(folder);
      return folder;
    },
    clean() {
      for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Mail {
  readonly id?: string | null;
  readonly from?: string | null;
  readonly date?: string;
  readonly subject?: string;
  readonly headers?: string;
  readonly text?: string;
}

/** One mail as octets of RFC 5322 text. */
export function mail({ id = 'one@example.org', from = 'Ann Lee <ann@example.org>', ...rest }: Mail): string {
  const { date = 'Fri, 01 Mar 2024 10:00:00 +0000', subject = 'Valves', headers = '' } = rest;
  return [
    ...(id === null ? [] : [`Message-ID: <${id}>`]),
    ...(from === null ? [] : [`From: ${from}`]),
    `Date: ${date}`,
    `Subject: ${subject}`,
    ...(headers === '' ? [] : [headers]),
    '',
    rest.text ?? 'The valve sticks when it is cold and wet.',
    '',
  ].join('\n');
}

export function mbox(...mails: readonly string[]): string {
  return mails.map((one) => `From mboxrd@z Thu Jan  1 00:00:00 1970\n${one.replace(/^(>*From )/gm, '>$1')}\n`).join('');
}

/** `count` mails in threads of eight, each reply quoting the one before it; every third thread misses its root. */
export function conversation(count: number): string {
  const mails: string[] = [];
  for (let at = 0; at < count; at++) {
    const place = at % 8;
    const said = (number: number): string =>
      `Remark ${number} says that pump ${number} runs dry after ${number % 60} minutes of cold.`;
    const answers =
      place === 0
        ? ''
        : `In-Reply-To: <m${at - 1}@example.org>\nReferences: <m${at - place}@example.org> <m${at - 1}@example.org>`;
    if (place === 0 && (at / 8) % 3 === 0) continue;
    mails.push(
      mail({
        id: `m${at}@example.org`,
        from: `Writer ${at % 5} <writer${at % 5}@example.org>`,
        date: new Date(Date.UTC(2024, 0, 1) + at * 600_000).toUTCString(),
        subject: `${place === 0 ? '' : 'Re: '}Pump ${Math.floor(at / 8)}`,
        headers: answers,
        text: place === 0 ? said(at) : `On Monday, Writer ${(at - 1) % 5} wrote:\n> ${said(at - 1)}\n\n${said(at)}`,
      }),
    );
  }
  return mbox(...mails);
}

/** Everything that a library says of its messages, in an order of its own: what must not depend on how it came there. */
export async function contentOf(dataDir: string): Promise<unknown[]> {
  const library = await openLibrary(dataDir);
  try {
    const messages = [...library.everyMessage()].map((message) => ({
      messageId: message.messageId,
      from: message.from,
      date: message.date,
      subject: message.subject,
      text: message.text,
      parentId: message.parentId,
      rootId: message.rootId,
      lists: message.origins.map(({ list }) => list).sort(),
      thread: library.thread(message.messageId),
      sources: message.blocks.map(({ source }) => source ?? null),
    }));
    return messages.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
  } finally {
    library.close();
  }
}

/** Every passage, without its key; throws where one is no verbatim part of the message that holds it. */
export async function passagesOf(dataDir: string): Promise<string[]> {
  const library = await openLibrary(dataDir);
  try {
    const { own, recovered } = library.stats().passages;
    const found: string[] = [];
    for (let key = 1; found.length < own + recovered && key < 1_000_000; key++) {
      const passage = library.passage(key);
      if (passage === null) continue;
      const holder = library.message(passage.messageId);
      if (holder === null || textAt(holder.text, passage.spans) !== passage.fields.own) {
        throw new Error(`passage ${key} is not in ${passage.messageId}`);
      }
      const { messageId, kind, speaker, saidAt, sourceId, spans, fields } = passage;
      found.push(JSON.stringify([messageId, kind, speaker, saidAt, sourceId, spans, fields]));
    }
    return found.sort();
  } finally {
    library.close();
  }
}
