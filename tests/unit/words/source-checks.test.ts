import { describe, expect, it } from 'vitest';
import { readMarkup } from '../../../scripts/words/markup.ts';
import { checkIntl, physical, physicalIn } from '../../../scripts/words/source-style.ts';
import { newTally } from '../../../scripts/words/tally.ts';

const literals = (source: string) => readMarkup(source).literals.map((hit) => hit.text);

describe('words in the markup', () => {
	it('finds text between tags, in spoken attributes and in expressions', () => {
		expect(literals('<p>Hello there</p>')).toEqual(['Hello there']);
		expect(literals('<button aria-label="Close it">{t("shell:close")}</button>')).toEqual(['Close it']);
		expect(literals("<p>{late ? 'Late' : name}</p>")).toEqual(['Late']);
		expect(literals('<p>{`Week ${n}`}</p>')).toEqual(['Week']);
		expect(literals('<Card heading="News" />')).toEqual(['News']);
		expect(literals('<Slot ask="Call the council" class="big one" />')).toEqual(['Call the council']);
		expect(literals('{#if a}<p>Yes or no</p>{:else}<p>Neither</p>{/if}')).toEqual(['Yes or no', 'Neither']);
		expect(literals('<svelte:head><title>My page</title></svelte:head>')).toEqual(['My page']);
	});

	it('leaves keys, classes, symbols, comments, code and style alone', () => {
		expect(
			literals(
				'<!-- a note --><p class="big one" id="main">{t("home:late.title", { name })} · → 5 m</p><b>K7M4-R9TX</b>'
			)
		).toEqual([]);
		expect(
			literals(
				'<script>const words = "not markup";</script><style>.a { color: red; }</style><i data-state="late"></i>'
			)
		).toEqual([]);
	});

	it('knows which keys are the words of a button', () => {
		expect(
			readMarkup('<LinkButton href={at}>{t("home:go")}</LinkButton><p>{t("home:text")}</p>').buttonKeys
		).toEqual(['home:go']);
		expect(readMarkup('<LinkButton kind="text" href={at}>{t("home:go")}</LinkButton>').buttonKeys).toEqual(
			[]
		);
	});
});

describe('direction', () => {
	it.each([
		['margin-left', '1rem'],
		['border-right', '1px solid'],
		['left', '0'],
		['text-align', 'left'],
		['border-top-left-radius', '2px'],
		['padding', '0 1rem 0 calc(2rem + 1px)']
	])('refuses %s: %s', (property, value) => expect(physical(property, value)).toBeDefined());

	it.each([
		['margin-inline-start', '1rem'],
		['inset-inline', '0'],
		['text-align', 'start'],
		['padding', '0 1rem 2rem 1rem'],
		['margin', '0 auto'],
		['inset', '0'],
		['--left', '1']
	])('lets %s: %s pass', (property, value) => expect(physical(property, value)).toBeUndefined());

	it('reads rules inside rules, not selectors or comments', () => {
		expect(
			physicalIn('/* left: 0; */ @media print { .a { color: red; left: 0 } } .b:hover { margin-left: 1px; }')
		).toHaveLength(2);
		expect(physicalIn('.left { color: red; }')).toEqual([]);
	});
});

describe('Intl', () => {
	it('is said by format.ts only; a comment may name it', () => {
		const tally = newTally();
		checkIntl(tally, [
			{ path: 'src/lib/i18n/format.ts', text: 'new Intl.DateTimeFormat()' },
			{ path: 'src/lib/ui/a.ts', text: '// Intl.DateTimeFormat would be wrong here\nconst a = 1;' },
			{ path: 'src/lib/ui/b.ts', text: 'day.toLocaleDateString()' }
		]);
		expect(tally.checks).toBe(2);
		expect(tally.faults.map((fault) => fault.file)).toEqual(['src/lib/ui/b.ts']);
	});
});
