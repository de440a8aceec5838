import { shown, words } from '../example.ts';
import Button from './Button.svelte';
import LinkButton from './LinkButton.svelte';

const children = words('Put it in my calendar');
export default [
	shown(Button, {
		main: { children },
		alt: { kind: 'alt', icon: 'phone', children },
		grave: { kind: 'grave', children },
		text: { kind: 'text', icon: 'printer', children },
		pill: { kind: 'pill', children },
		off: { disabled: true, children }
	}),
	shown(LinkButton, {
		main: { href: '#go', children },
		alt: { href: '#go', kind: 'alt', icon: 'calendar-plus', children },
		text: { href: '#go', kind: 'text', children }
	})
];
