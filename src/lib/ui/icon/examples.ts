import { shown } from '../example.ts';
import Icon from './Icon.svelte';
import Picture from './Picture.svelte';

export default [
	shown(Icon, { plain: { name: 'clock' }, mirrored: { name: 'arrow-left', flip: true } }),
	shown(Picture, { plain: { name: 'face-grinning' } })
];
