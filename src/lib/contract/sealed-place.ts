import type { PushedMutation } from './sync/push.ts';

/** What an envelope is bound to. A file of its own, without shapes: a phone seals before it reads any answer. */

/** The key's id, and where the envelope belongs if it belongs somewhere: moved to another place it does not open. */
export const boundTo = (kid: string, place = ''): string => (place === '' ? kid : `${kid}|${place}`);

/** What stands in clear beside an envelope is bound to it: nobody moves a sealed word to another child's case. */
export const placeOfMutation = ({ mid, seq, scope, name }: Omit<PushedMutation, 'envelope'>): string =>
	`${mid}|${seq}|${scope}|${name}`;
