import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// The pairs that may meet, with the least contrast: 7 for text (WCAG 1.4.6), 3 for shapes (1.4.11). Computed from the sheet itself.
const TEXT = 7;
const SHAPE = 3;
const PAIRS: [string, string, number][] = [
	['ink', 'bg', TEXT],
	['ink', 'surface', TEXT],
	['ink', 'surface-2', TEXT],
	['ink-2', 'bg', TEXT],
	['ink-2', 'surface', TEXT],
	['ink-2', 'surface-2', TEXT],
	['ink', 'sun-tint', TEXT],
	['ink', 'late-tint', TEXT],
	['ink', 'wait-tint', TEXT],
	['ink', 'done-tint', TEXT],
	['ink', 'brand-tint', TEXT],
	['brand', 'brand-tint', TEXT],
	['brand', 'surface', TEXT],
	['brand', 'bg', TEXT],
	['on-brand', 'brand', TEXT],
	['on-hero', 'hero', TEXT],
	['on-hero-2', 'hero', TEXT],
	['sun', 'hero', SHAPE],
	['hero-track', 'hero', SHAPE],
	['hero-late', 'hero', SHAPE],
	['on-sun', 'sun', TEXT],
	['sun-ink', 'sun-tint', TEXT],
	['late', 'surface', TEXT],
	['late', 'late-tint', TEXT],
	['late', 'bg', TEXT],
	['wait', 'surface', TEXT],
	['wait', 'wait-tint', TEXT],
	['done', 'surface', TEXT],
	['done', 'done-tint', TEXT],
	['done', 'bg', TEXT],
	['line-strong', 'surface', SHAPE],
	['line-strong', 'bg', SHAPE]
];

const sheet = readFileSync(new URL('../../../src/lib/ui/styles/tokens.css', import.meta.url), 'utf8').replace(
	/\/\*.*?\*\//gs,
	''
);

function tokensOf(selector: string): Record<string, string> {
	const at = sheet.indexOf(`${selector} {`);
	const block = sheet.slice(at, sheet.indexOf('}', at));
	return Object.fromEntries(
		[...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((hit) => [hit[1], hit[2]])
	);
}

const channel = (byte: number) =>
	byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4;
function luminance(hex: string): number {
	const [r, g, b] = [1, 3, 5].map((at) => channel(parseInt(hex.slice(at, at + 2), 16))) as [
		number,
		number,
		number
	];
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
	const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number];
	return (light + 0.05) / (dark + 0.05);
}

const media = (query: string) => sheet.slice(sheet.indexOf(`(${query})`));
const autoBlock = (query: string) => {
	const text = media(query);
	return Object.fromEntries(
		[...text.slice(0, text.indexOf('}')).matchAll(/--([\w-]+):\s*(#[0-9a-f]{6})/g)].map((hit) => [
			hit[1],
			hit[2]
		])
	);
};

describe('colours', () => {
	it('computes contrast as WCAG does', () => {
		expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
		expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
	});

	for (const [theme, selector] of [
		['light', ':root'],
		['dark', "[data-theme='dark']"],
		['contrast', "[data-theme='contrast']"]
	] as const) {
		it.each(PAIRS)(`${theme}: --%s on --%s keeps %s to 1`, (text, ground, least) => {
			const tokens = tokensOf(selector);
			expect(contrast(tokens[text] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(least);
		});
	}

	it('are the same whether the system or the person chose the theme', () => {
		expect(autoBlock('prefers-color-scheme: dark')).toEqual(tokensOf("[data-theme='dark']"));
		expect(autoBlock('prefers-contrast: more')).toEqual(tokensOf("[data-theme='contrast']"));
		expect(Object.keys(tokensOf("[data-theme='dark']"))).toHaveLength(26);
	});
});
