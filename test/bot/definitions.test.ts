import { describe, expect, it } from 'vitest';
import { definitions } from '../../bot/definitions.js';
import { limits } from '../../bot/limits.js';
import { discordSchema } from '../discord/schema.js';

const check = discordSchema();

describe('commands', () => {
  it('keep to the limits, in every language', () => {
    expect(check?.('PUT', '/applications/1/commands', JSON.parse(JSON.stringify(definitions))) ?? null).toBeNull();
    for (const definition of definitions) {
      const texts =
        JSON.stringify(definition).match(/"(?:name|description)(?:_localizations)?":(?:"[^"]*"|\{[^}]*\})/gu) ?? [];
      expect(texts.join('').length).toBeLessThan(limits.commandTogether);
    }
  });

  it('have a name and a description in German wherever they have one in English', () => {
    const untranslated: string[] = [];
    const visit = (path: string, node: object): void => {
      const { name, name_localizations, description, description_localizations, options } = node as {
        name: string;
        name_localizations?: Record<string, string>;
        description?: string;
        description_localizations?: Record<string, string>;
        options?: object[];
      };
      const here = `${path} ${name}`;
      if (name_localizations?.['de'] === undefined) untranslated.push(`${here}: name`);
      else if (description !== undefined) expect(name_localizations['de']).toMatch(/^[-_\p{Ll}\p{N}]{1,32}$/u);
      if (description !== undefined && description_localizations?.['de'] === undefined)
        untranslated.push(`${here}: description`);
      for (const option of options ?? []) visit(here, option);
    };
    for (const definition of definitions) visit('', definition);
    expect(untranslated).toEqual([]);
  });
});
