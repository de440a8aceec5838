import { SHAPES, type IconName } from './shapes.ts';
import Icon from './Icon.svelte';

export const component = Icon;
export const examples = Object.fromEntries((Object.keys(SHAPES) as IconName[]).map((name) => [name, { name }]));
