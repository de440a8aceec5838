import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

// Rooms are enforced by tests/architecture; this file holds what an editor should underline.
const noStyleAttribute = {
	selector: 'SvelteAttribute[key.name="style"], SvelteStyleDirective',
	message: 'Strict CSP forbids style attributes: use a class, or an SVG attribute.'
};
const intlOnlyInFormat = [
	{
		selector: 'NewExpression[callee.object.name="Intl"]',
		message: 'Only i18n/format.ts says Intl: it forces calendar and digits.'
	},
	{
		selector: 'CallExpression[callee.property.name=/^toLocale(Date|Time)?String$/]',
		message: 'Only i18n/format.ts formats: it forces calendar and digits.'
	}
];

export default defineConfig(
	{ ignores: ['build/', '.svelte-kit/', 'node_modules/', 'data/', 'test-results/'] },
	js.configs.recommended,
	...ts.configs.recommended,
	...svelte.configs.recommended,
	{
		languageOptions: { globals: { ...globals.browser, ...globals.node, ...globals.serviceworker } },
		rules: {
			'no-undef': 'off',
			// There is no base path, and ui parts get finished addresses as props.
			'svelte/no-navigation-without-resolve': 'off',
			'no-restricted-imports': [
				'error',
				{ patterns: [{ group: ['$lib', '$lib/*'], message: 'Import through #room/….ts' }] }
			],
			'no-restricted-syntax': ['error', noStyleAttribute, ...intlOnlyInFormat],
			'@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
			'max-params': ['error', { max: 3 }]
		}
	},
	{
		files: ['**/*.svelte', '**/*.svelte.ts'],
		languageOptions: { parserOptions: { parser: ts.parser } }
	},
	{
		files: ['src/lib/i18n/**', 'tests/**', 'scripts/**'],
		rules: { 'no-restricted-syntax': ['error', noStyleAttribute], 'max-params': 'off' }
	}
);
