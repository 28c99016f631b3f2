import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { sharedPath } from '../shared.js';

/** Checks a request's body against Discord's OpenAPI description. Gives what is wrong, or null. */
export type CheckBody = (method: string, path: string, body: unknown) => string | null;

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation | undefined>>>>;
}
interface Operation {
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object } | undefined>> };
}

/** The description that stands beside the checkout, or null where it is absent. */
export function discordSchema(): CheckBody | null {
  const file = sharedPath('discord/openapi.json');
  if (file === null) return null;
  const description = JSON.parse(readFileSync(file, 'utf8')) as OpenApi;
  const ajv = new Ajv2020({ strict: false, allErrors: false, validateFormats: false });
  ajv.addSchema(description, 'discord');
  const templates = Object.keys(description.paths).map((path) => ({ path, pattern: patternOf(path) }));
  const compiled = new Map<string, ValidateFunction | null>();

  return (method, path, body) => {
    // A template without parameters is nearer than one with: …/messages/@original before …/messages/{message_id}.
    const fitting = templates
      .filter(({ pattern }) => pattern.test(path))
      .sort((a, b) => parameters(a.path) - parameters(b.path));
    const [template] = fitting;
    if (template === undefined) return `Discord has no route ${path}`;
    const key = `${method.toLowerCase()} ${template.path}`;
    if (!compiled.has(key)) compiled.set(key, compile(method.toLowerCase(), template.path));
    const validate = compiled.get(key) ?? null;
    if (validate === null || validate(asDescribed(body))) return null;
    return `${key}: ${ajv.errorsText(validate.errors, { separator: '; ' })}: ${JSON.stringify(body).slice(0, 2_000)}`;
  };

  function compile(method: string, path: string): ValidateFunction | null {
    const operation = description.paths[path]?.[method];
    if (operation?.requestBody?.content['application/json'] === undefined) return null;
    const pointer = ['paths', path, method, 'requestBody', 'content', 'application/json', 'schema'];
    return ajv.compile({ $ref: `discord#/${pointer.map(escapePointer).join('/')}` });
  }
}

/**
 * Permissions are sent as text, since they outgrow JavaScript's integers: so say Discord's words on them (https://discord.com/developers/docs/topics/permissions),
 * the types of discord.js, and the description's own response, while its requests call them integers. Only text of digits is read as an integer, so that
 * its bounds are checked all the same.
 */
function asDescribed(body: unknown): unknown {
  if (!Array.isArray(body)) return body;
  return body.map((command: { default_member_permissions?: unknown }) =>
    typeof command.default_member_permissions === 'string' && /^\d{1,16}$/u.test(command.default_member_permissions)
      ? { ...command, default_member_permissions: Number(command.default_member_permissions) }
      : command,
  );
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}

function patternOf(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{[^}]+\}/gu, '[^/]+')}$`, 'u');
}

function parameters(path: string): number {
  return path.split('{').length;
}
