/**
 * Everything a family has here as one page to read and print, without the app and without the internet: no script, no address,
 * no picture. All text is finished in the family's language by the caller; here it only becomes a page.
 */
export type ReadableFact = { day: string; what: string; from: string; note?: string };
export type ReadablePerson = { name: string; lines: string[] };
export type ReadableRecord = { day: string; what: string; text: string };
export type ReadableChild = {
	name: string;
	lines: string[];
	facts: ReadableFact[];
	people: ReadablePerson[];
	records: ReadableRecord[];
};
export type ReadableCopy = {
	lang: string;
	dir: 'ltr' | 'rtl';
	title: string;
	/** What this is and which day it is of. */
	about: string[];
	headings: { facts: string; people: string; records: string; day: string; what: string; from: string };
	/** Said where a child has no dates, no people or no notes. */
	none: string;
	children: ReadableChild[];
};

const MARKS: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
/** What a person typed is text and nothing else, wherever it stands. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (mark) => MARKS[mark] ?? mark);

/** Names and notes may be in another script than the page. */
const own = (text: string) => `<bdi>${escapeHtml(text)}</bdi>`;
const paragraphs = (lines: readonly string[]) => lines.map((line) => `<p>${own(line)}</p>`).join('\n');

const LOOK = `body{font:1.0625rem/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:start;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #767676}
section{margin-block:2rem}bdi{white-space:pre-line}li{margin-block:.5rem}@media print{body{margin:0;font-size:11pt}tr,li{break-inside:avoid}}`;

function factTable({ facts }: ReadableChild, { headings, none }: ReadableCopy): string {
	if (facts.length === 0) return `<p>${escapeHtml(none)}</p>`;
	const rows = facts.map(
		({ day, what, from, note }) =>
			`<tr><td>${own(day)}</td><td>${own(what)}${note ? `<br>${own(note)}` : ''}</td><td>${own(from)}</td></tr>`
	);
	const head = [headings.day, headings.what, headings.from].map(
		(word) => `<th scope="col">${own(word)}</th>`
	);
	return `<table>\n<thead><tr>${head.join('')}</tr></thead>\n<tbody>\n${rows.join('\n')}\n</tbody>\n</table>`;
}

function childSection(child: ReadableChild, copy: ReadableCopy): string {
	const people = child.people.map(
		({ name, lines }) => `<li><b>${own(name)}</b>${lines.map((line) => `<br>${own(line)}`).join('')}</li>`
	);
	const records = child.records.map(
		({ day, what, text }) => `<li><b>${own(day)}</b><br>${own(what)}${text ? `<br>${own(text)}` : ''}</li>`
	);
	return `<section>
<h2>${own(child.name)}</h2>
${paragraphs(child.lines)}
<h3>${escapeHtml(copy.headings.facts)}</h3>
${factTable(child, copy)}
<h3>${escapeHtml(copy.headings.people)}</h3>
${people.length === 0 ? `<p>${escapeHtml(copy.none)}</p>` : `<ul>\n${people.join('\n')}\n</ul>`}
<h3>${escapeHtml(copy.headings.records)}</h3>
${records.length === 0 ? `<p>${escapeHtml(copy.none)}</p>` : `<ul>\n${records.join('\n')}\n</ul>`}
</section>`;
}

export function readableCopy(copy: ReadableCopy): string {
	const { lang, dir, title, about, children } = copy;
	return `<!doctype html>
<html lang="${escapeHtml(lang)}" dir="${dir}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${LOOK}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${paragraphs(about)}
${children.map((child) => childSection(child, copy)).join('\n')}
</main>
</body>
</html>
`;
}
