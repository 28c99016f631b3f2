import type { APIActionRowComponent, APIButtonComponent, APIEmbed } from 'discord.js';

/** What is sent to Discord: a reply, an edit or a message. Mentions never ping, whatever the text holds. */
export interface Payload {
  readonly content: string;
  readonly embeds: APIEmbed[];
  readonly components: APIActionRowComponent<APIButtonComponent>[];
  readonly allowedMentions: { readonly parse: [] };
}

export function payload(parts: Partial<Omit<Payload, 'allowedMentions'>>): Payload {
  return { content: '', embeds: [], components: [], ...parts, allowedMentions: { parse: [] } };
}
