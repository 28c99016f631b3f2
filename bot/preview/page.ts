import { ButtonStyle, ComponentType, type APIButtonComponent, type APIEmbed } from 'discord.js';
import type { Payload } from '../payload.js';
import { renderMarkdown, text } from './markdown.js';
import { style } from './style.js';

/** One exchange in the channel. */
export interface Scene {
  readonly person: string;
  /** `/ask`, or null for a mention. */
  readonly command: string | null;
  /** What the person wrote, for a mention. */
  readonly words: string | null;
  readonly answer: Payload;
  /** Shown to one person alone. */
  readonly private: boolean;
}

/** A page that looks like a Discord channel. It loads nothing from anywhere. */
export function renderPage(channel: string, scenes: readonly Scene[]): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>threadlore in #${text(channel)}</title>
<style>${style}</style>
<header><b>#</b> ${text(channel)}</header>
<main>
${scenes.map(renderScene).join('\n')}
</main>
</html>
`;
}

function renderScene(scene: Scene): string {
  const { person, command, words, answer } = scene;
  const asked =
    words === null
      ? ''
      : message(person, 'person', 'Today at 14:02', `<div class="content">${renderMarkdown(words)}</div>`);
  const who = `<span class="dot ${text(person.toLowerCase())}">${text(person.slice(0, 1))}</span><b>${text(person)}</b>`;
  const what = command === null ? renderMarkdown(words ?? '') : `used <span class="command">${text(command)}</span>`;
  const above = `<div class="above"><span class="hook"></span>${who} ${what}</div>`;
  const only = scene.private ? '<div class="only">👁 Only you can see this · Dismiss message</div>' : '';
  return `<section${scene.private ? ' class="private"' : ''}>${asked}${above}${message('threadlore', 'bot', 'Today at 14:02', renderPayload(answer) + only)}</section>`;
}

function message(name: string, kind: 'bot' | 'person', time: string, body: string): string {
  const badge = kind === 'bot' ? '<span class="badge">APP</span>' : '';
  return `<article class="${kind}"><div class="avatar ${text(name.toLowerCase())}">${kind === 'bot' ? '❝' : text(name.slice(0, 1))}</div>
<div class="body"><div class="name"><b>${text(name)}</b>${badge}<time>${time}</time></div>${body}</div></article>`;
}

/** A payload's content, embeds and buttons. */
export function renderPayload({ content, embeds, components }: Payload): string {
  const said = content === '' ? '' : `<div class="content">${renderMarkdown(content)}</div>`;
  const rows = components.map(
    ({ components: buttons }) => `<div class="row">${buttons.map(renderButton).join('')}</div>`,
  );
  return said + embeds.map(renderEmbed).join('') + rows.join('');
}

function renderEmbed({ color = 0x1e1f22, title, description = '', footer }: APIEmbed): string {
  const bar = `#${color.toString(16).padStart(6, '0')}`;
  const head = title === undefined ? '' : `<div class="title">${renderMarkdown(title)}</div>`;
  const foot = footer === undefined ? '' : `<small>${text(footer.text)}</small>`;
  return `<div class="embed" style="border-color:${bar}">${head}${renderMarkdown(description)}${foot}</div>`;
}

function renderButton(button: APIButtonComponent): string {
  if (button.type !== ComponentType.Button || !('label' in button)) return '';
  const kinds: Readonly<Record<number, string>> = { [ButtonStyle.Primary]: 'primary', [ButtonStyle.Danger]: 'danger' };
  return `<span class="button ${kinds[button.style] ?? ''}">${text(button.label ?? '')}</span>`;
}
