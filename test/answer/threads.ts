import type { TestMail } from './memory-library.js';

/** A patch in two versions with its reviews, a disagreement, and words that survive only as quotes. All invented. */
export const patchThread: readonly TestMail[] = [
  {
    id: 'v1@gannet.example.org',
    from: 'Ines Fulmar <ines@gannet.example.org>',
    subject: '[PATCH 1/2] rock: cache the nest count',
    date: 'Mon, 6 May 2024 08:00:00 +0200',
    text: 'Counting nests walks the whole ledge at every query.\nKeep the count in the rock, so that a query costs one load.\n\nSigned-off-by: Ines Fulmar <ines@gannet.example.org>\n',
  },
  {
    id: 'ack@gannet.example.org',
    from: 'Tor Skua <tor@gannet.example.org>',
    subject: 'Re: [PATCH 1/2] rock: cache the nest count',
    date: 'Mon, 6 May 2024 09:00:00 +0200',
    inReplyTo: 'v1@gannet.example.org',
    text: 'On Mon, 6 May 2024 at 08:00, Ines Fulmar <ines@gannet.example.org> wrote:\n> Keep the count in the rock, so that a query costs one load.\n\nNice, this takes the walk out of the hot path.\n\nAcked-by: Tor Skua <tor@gannet.example.org>\n',
  },
  {
    id: 'nak@gannet.example.org',
    from: 'Una Petrel <una@gannet.example.org>',
    subject: 'Re: [PATCH 1/2] rock: cache the nest count',
    date: 'Mon, 6 May 2024 10:00:00 +0200',
    inReplyTo: 'v1@gannet.example.org',
    text: 'On Mon, 6 May 2024 at 08:00, Ines Fulmar <ines@gannet.example.org> wrote:\n> Keep the count in the rock, so that a query costs one load.\n\nNAK: the count is stale as soon as a chick leaves the ledge.\n',
  },
  {
    id: 'quoting@gannet.example.org',
    from: 'Tor Skua <tor@gannet.example.org>',
    subject: 'Re: [PATCH 1/2] rock: cache the nest count',
    date: 'Mon, 6 May 2024 11:00:00 +0200',
    inReplyTo: 'nak@gannet.example.org',
    text: 'On Mon, 6 May 2024 at 10:00, Una Petrel <una@gannet.example.org> wrote:\n> NAK: the count is stale as soon as a chick leaves the ledge.\n\nThe ledge lock is held while a chick leaves, so nobody can see it stale.\n',
  },
  {
    id: 'sorry@gannet.example.org',
    from: 'Ines Fulmar <ines@gannet.example.org>',
    subject: 'Re: [PATCH 1/2] rock: cache the nest count',
    date: 'Mon, 6 May 2024 12:00:00 +0200',
    inReplyTo: 'nak@gannet.example.org',
    text: 'On Mon, 6 May 2024 at 10:00, Una Petrel <una@gannet.example.org> wrote:\n> NAK: the count is stale as soon as a chick leaves the ledge.\n\nI was wrong about the load being enough, version two takes the lock.\n',
  },
  {
    id: 'v2@gannet.example.org',
    from: 'Ines Fulmar <ines@gannet.example.org>',
    subject: '[PATCH v2 1/2] rock: cache the nest count',
    date: 'Tue, 7 May 2024 08:00:00 +0200',
    text: 'Counting nests walks the whole ledge at every query.\nKeep the count in the rock and change it below the ledge lock.\n\nAcked-by: Tor Skua <tor@gannet.example.org>\nSigned-off-by: Ines Fulmar <ines@gannet.example.org>\n',
  },
  {
    id: 'applied@gannet.example.org',
    from: 'Tor Skua <tor@gannet.example.org>',
    subject: 'Re: [PATCH v2 1/2] rock: cache the nest count',
    date: 'Tue, 7 May 2024 09:00:00 +0200',
    inReplyTo: 'v2@gannet.example.org',
    text: 'Applied, thanks.\n',
  },
];

/** The question that these replies answer is not in the archive. */
export const missingParent: readonly TestMail[] = [
  {
    id: 'reply@gannet.example.org',
    from: 'Tor Skua <tor@gannet.example.org>',
    subject: 'Re: feeding times at the east cliff',
    date: 'Wed, 8 May 2024 09:00:00 +0200',
    inReplyTo: 'lost@gannet.example.org',
    text: 'On Tue, May 7, 2024 at 8:17 PM Olav Kittiwake wrote:\n> The puffins at the east cliff are fed at dawn because the gulls sleep late.\n> Nobody feeds them in the rain.\n\nThat explains the empty buckets in the morning, thank you for it.\n',
  },
];
