import { shown } from '../example.ts';
import Icon from './Icon.svelte';

export default [shown(Icon, { plain: { name: 'clock' }, mirrored: { name: 'arrow-left', flip: true } })];
