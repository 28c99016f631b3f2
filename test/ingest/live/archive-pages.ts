import type { FaultyServer } from '../../archive-servers/faulty.js';

/** A blists page of a message, as its list shows it. */
export function blistsMessage(number: number): string {
  return `<html><head><title>gauges - Gauge ${number}</title></head><body>
<a href="${number + 1}">[next&gt;]</a> <a href=".">[day]</a> <a href="..">[month]</a> <a href="../..">[year]</a> <a href="../../..">[list]</a>
<pre style="white-space: pre-wrap">
Message-ID: &lt;o${number}&#64;example.org&gt;
Date: Fri, 1 Mar 2024 0${number}:00:00 +0000
From: Ann Lee &lt;ann&#64;...mple.org&gt;
To: gauges&#64;...ts.example.org
Subject: Gauge ${number}

Gauge ${number} was mended with tape.

</pre>
<p><a href="https://www.openwall.com/blists/">Powered by blists</a></body></html>`;
}

const blistsFoot = '<p><a href="https://www.openwall.com/blists/">Powered by blists</a></body></html>';

export function blists(server: FaultyServer, days: Readonly<Record<string, number>>): void {
  const total = Object.values(days).reduce((sum, count) => sum + count, 0);
  server.pages.set('/gauges/', `<html><body><a href="2024/">2024</a> <a href="2024/03/">${total}</a>${blistsFoot}`);
  const links = Object.entries(days).map(
    ([day, count]) => `<a href="${day}/">${count} messages</a> <a href="${day}/">9 more messages</a>`,
  );
  server.pages.set('/gauges/2024/03/', `<html><body>${links.join('\n')}${blistsFoot}`);
  let number = 0;
  for (const [day, count] of Object.entries(days)) {
    const items = Array.from({ length: count }, (_, at) => `<li><a href="${at + 1}">Gauge</a>`);
    server.pages.set(`/gauges/2024/03/${day}/`, `<html><body>${items.join('')}${blistsFoot}`);
    for (let at = 1; at <= count; at++) server.pages.set(`/gauges/2024/03/${day}/${at}`, blistsMessage(++number));
  }
}

export function hypermailMessage(number: number): string {
  return `<html><head><meta name="generator" content="hypermail 2.4.1" /><title>Gauge ${number}</title></head><body>
<!-- received="Fri Mar 01 0${number}:00:00 2024" -->
<!-- isoreceived="202403010${number}0000" -->
<!-- sent="Fri, 01 Mar 2024 0${number}:00:00 +0000" -->
<!-- isosent="202403010${number}0000" -->
<!-- name="Ann Lee" -->
<!-- email="ann_at_example.org" -->
<!-- subject="Gauge ${number}" -->
<!-- id="h${number}_at_example.org" -->
<!-- charset="UTF-8" -->
<!-- inreplyto="" -->
<!-- expires="-1" -->
<div class="mail">
<!-- body="start" -->
<p>Gauge ${number} is read from below.</p>
<!-- body="end" -->
</div></body></html>`;
}
