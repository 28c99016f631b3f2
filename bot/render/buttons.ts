import {
  ButtonStyle,
  ComponentType,
  type APIActionRowComponent,
  type APIButtonComponent,
  type APIButtonComponentWithCustomId,
} from 'discord.js';
import { customId, type Action } from '../custom-id.js';
import { limits } from '../limits.js';

type Row = APIActionRowComponent<APIButtonComponent>;

export function button(
  label: string,
  action: Action,
  style: APIButtonComponentWithCustomId['style'] = ButtonStyle.Secondary,
): APIButtonComponentWithCustomId {
  return { type: ComponentType.Button, style, label, custom_id: customId(action) };
}

/** Rows of buttons, those without a button left out. */
export function rows(...groups: readonly (readonly APIButtonComponent[])[]): Row[] {
  return groups
    .filter((group) => group.length > 0)
    .slice(0, limits.rows)
    .map((group) => ({ type: ComponentType.ActionRow, components: group.slice(0, limits.buttonsPerRow) }));
}
