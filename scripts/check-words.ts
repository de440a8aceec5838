import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { FLOORS } from './words/allowed.ts';
import { localeFolders, LOCALES, readLocale, released, sourceCode } from './words/catalogue.ts';
import { checkGlossary, checkGlossaryItself, readGlossary } from './words/glossary-checks.ts';
import { checkMarkup } from './words/markup.ts';
import { prune } from './words/prune.ts';
import { checkEasyForms, checkEnglish, checkUnavoidable } from './words/plain-english.ts';
import { checkCheckedFile, checkReview, markStale, updateHashes } from './words/review-file.ts';
import { checkDirection, checkIntl } from './words/source-style.ts';
import { judge, newTally, sayFault } from './words/tally.ts';
import {
	checkCompleteness,
	checkEasy,
	checkLengths,
	checkPlaceholders,
	checkPlurals
} from './words/translation-checks.ts';
import { checkData, checkUnused } from './words/unused-keys.ts';

/**
 * The gate for words (docs/translating.md). Without arguments it judges every word file and the source that says them:
 * exit 0 when sound, 1 with file, key and reason for each fault. `--update-hashes LNG [BY]` records newly written drafts;
 * `--mark-stale LNG` marks strings whose English has changed; `--prune LNG` takes out strings that English has dropped.
 */
const started = Date.now();
const english = readLocale(sourceCode);
const [command, code = '', by = 'machine (no person has read it)'] = process.argv.slice(2);

if (command) {
	if (!released.includes(code) || !['--update-hashes', '--mark-stale', '--prune'].includes(command)) {
		console.error(
			`usage: node scripts/check-words.ts [--update-hashes LNG [BY] | --mark-stale LNG | --prune LNG]; LNG is one of ${released.join(', ')}`
		);
		process.exit(2);
	}
	const on = new Date().toISOString().slice(0, 10);
	const locale = readLocale(code);
	if (command === '--mark-stale') console.log(`${code}: ${markStale(english, locale)} strings marked stale`);
	else {
		if (command === '--prune') console.log(`${code}: ${prune(english, locale)} strings taken out`);
		console.log(`${code}: ${updateHashes(english, readLocale(code), { by, on })} new drafts recorded`);
	}
	process.exit(0);
}

const tally = newTally();
const locales = released.map((name) => readLocale(name));
const terms = readGlossary();

const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', 'src', 'service-worker'], {
	encoding: 'utf8'
}).split('\n');
const read = (wanted: RegExp) =>
	listed
		.filter((path) => wanted.test(path))
		.flatMap((path) => {
			try {
				return [{ path, text: readFileSync(path, 'utf8') }];
			} catch {
				return []; // deleted in the working tree and not yet in git
			}
		});
const svelte = read(/\.svelte$/);
const css = read(/\.css$/);
const source = read(/\.(ts|svelte)$/);

const buttons = checkMarkup(tally, svelte);
checkIntl(tally, source);
checkDirection(tally, [...css, ...svelte]);
const grades = checkEnglish(tally, english);
checkUnused(tally, english, source.map((file) => file.text).join('\n'));
checkData(tally, english);
checkUnavoidable(tally, english);
checkEasyForms(tally, english);
checkGlossaryItself(tally, terms, released);

for (const locale of [english, ...locales]) {
	checkPlurals(tally, locale);
	checkPlaceholders(tally, english, locale);
	checkLengths(tally, locale, buttons);
	checkEasy(tally, locale);
}
for (const locale of locales) {
	checkCompleteness(tally, english, locale);
	checkGlossary(tally, { english, terms }, locale);
	checkReview(tally, english, locale);
	checkCheckedFile(tally, locale);
}
for (const folder of localeFolders())
	judge(tally, folder === sourceCode || released.includes(folder), {
		file: `${LOCALES}/${folder}`,
		why: 'no row in src/lib/i18n/languages.ts'
	});

const namespaces = [
	...readFileSync('src/lib/i18n/resources.ts', 'utf8').matchAll(/^\t(\w+): typeof import/gm)
].map((hit) => `${hit[1]}.json`);
judge(tally, namespaces.sort().join() === english.files.join(), {
	file: `${LOCALES}/${sourceCode}`,
	why: `files ${english.files}; resources.ts types ${namespaces}`
});
const counts = {
	namespaces: english.files.length,
	keys: english.strings.size,
	svelte: svelte.length,
	css: css.length,
	source: source.length
};
for (const [what, floor] of Object.entries(FLOORS))
	judge(tally, counts[what as keyof typeof counts] >= floor, {
		file: what,
		why: `read ${counts[what as keyof typeof counts]}, expected at least ${floor}: is this the right folder?`
	});

for (const locale of [english, ...locales])
	console.log(
		`  ${locale.code}: ${locale.files.length} files, ${locale.strings.size} strings, ${Object.keys(locale.gaps).length} gaps (${locale.files.join(' ')})`
	);
console.log(
	`  source: ${source.length} files, of them ${svelte.length} components; ${css.length} style sheets; ${terms.length} glossary terms`
);
console.log(`  reading grade: ${[...grades].map(([ns, grade]) => `${ns} ${grade.toFixed(1)}`).join(', ')}`);
for (const fault of tally.faults) console.log(sayFault(fault));
const seconds = ((Date.now() - started) / 1000).toFixed(1);
console.log(
	`words: ${seconds} s, ${tally.checks} checks${tally.faults.length ? `, ${tally.faults.length} failed` : ''}`
);
process.exit(tally.faults.length ? 1 : 0);
