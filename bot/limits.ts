/**
 * Discord's limits, all of them that this bot can meet. Source: https://discord.com/developers/docs (snapshot of 2026-08-06) and Discord's
 * OpenAPI description; the page that states each is named beside it. Lengths are in UTF-16 code units, which is never more generous than Discord
 * counts.
 */
export const limits = {
  /** resources/message, Create Message. The OpenAPI description lets channel messages have 4,000; webhooks and interactions only 2,000. */
  content: 2_000,
  /** resources/message, Embed Limits. */
  embeds: 10,
  embedTitle: 256,
  embedDescription: 4_096,
  embedFields: 25,
  embedFieldName: 256,
  embedFieldValue: 1_024,
  embedFooter: 2_048,
  embedAuthor: 256,
  /** Over title, description, field names and values, footer and author of all embeds of a message. */
  embedsTogether: 6_000,
  /** components/reference, Action Row and Button. */
  rows: 5,
  buttonsPerRow: 5,
  customId: 100,
  buttonLabel: 80,
  buttonUrl: 512,
  /** interactions/application-commands, Option Choice. */
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  /** interactions/application-commands, Command Naming and Limits. */
  commandName: 32,
  commandDescription: 100,
  commandTogether: 8_000,
  /** resources/channel, Start Thread from Message. */
  threadName: 100,
  /** interactions/receiving-and-responding. */
  firstResponseMs: 3_000,
  tokenMs: 15 * 60_000,
} as const;
