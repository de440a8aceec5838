import axe from 'axe-core';
import { render } from 'vitest-browser-svelte';
import type { Component } from 'svelte';
import type { Shown } from '../../src/lib/ui/example.ts';
import '../../src/app.css';

/** Every example of every component: a folder with `examples.ts` is enough to be checked. */
const files = import.meta.glob<Shown[]>('../../src/lib/ui/*/examples.ts', { eager: true, import: 'default' });
export const folders = Object.entries(files).map(
	([path, shown]) => [path.split('/').at(-2) ?? path, shown] as const
);
export const componentFiles = Object.keys(import.meta.glob('../../src/lib/ui/*/*.svelte'));

export const every = folders.flatMap(([folder, list]) =>
	list.flatMap(({ component, within, examples }) =>
		Object.entries(examples).map(([name, props]) => ({
			title: `${folder} · ${component.name || 'component'} · ${name}`,
			component,
			within,
			props
		}))
	)
);

const HOLDER = { list: ['ul', 'list'], track: ['ol', 'track'], choices: ['div', 'choices'] } as const;

/** Draws one example as it stands in a screen: in its list if it needs one, on a page with the app's colours. */
export async function draw(example: (typeof every)[number]): Promise<HTMLElement> {
	const [tag, name] = example.within ? HOLDER[example.within] : (['div', ''] as const);
	const page = document.body.appendChild(document.createElement('div'));
	page.className = 'drawn';
	const holder = page.appendChild(document.createElement(tag));
	if (name) holder.className = name;
	await render(
		example.component as Component<Record<string, unknown>>,
		{ props: example.props, target: holder } as never,
		{ baseElement: page }
	);
	return page;
}

export function dress(marks: { theme?: string; text?: string; dir?: string }) {
	const html = document.documentElement;
	html.lang = 'en';
	html.dir = marks.dir ?? 'ltr';
	for (const name of ['theme', 'text'] as const) {
		if (marks[name]) html.setAttribute(`data-${name}`, marks[name]);
		else html.removeAttribute(`data-${name}`);
	}
}

/** A colour on its way to another is nobody's contrast: waits until what moves for a while has come to rest. */
async function still(): Promise<void> {
	await new Promise(requestAnimationFrame);
	const moving = document
		.getAnimations()
		.filter((one) => one.effect?.getComputedTiming().endTime !== Infinity);
	await Promise.allSettled(moving.map((one) => one.finished));
}

/** WCAG A, AA and the AAA contrast of 7:1. Left out: rules about a whole page, which a part of one cannot keep. */
export async function faults(page: HTMLElement): Promise<string[]> {
	await still();
	const result = await axe.run(page, {
		resultTypes: ['violations'],
		runOnly: {
			type: 'tag',
			values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'wcag2aaa', 'best-practice']
		},
		rules: {
			region: { enabled: false },
			'page-has-heading-one': { enabled: false },
			'heading-order': { enabled: false },
			'landmark-one-main': { enabled: false },
			'skip-link': { enabled: false }
		}
	});
	return result.violations.map(
		(fault) =>
			`${fault.id}: ${fault.nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join(' | ')}`
	);
}
