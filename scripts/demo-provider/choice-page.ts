import type { DemoPerson } from './start.ts';

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const escape = (text: string) => text.replace(/[&<>"']/g, (one) => ESCAPES[one]!);

/** Stands in for a council's own sign-in page, and says so. Buttons instead of passwords: these people are invented. */
export function choicePage(people: readonly DemoPerson[]): string {
	const buttons = people
		.map(({ id, name, mfa }) => {
			const how = mfa ? 'password and a second step' : 'password only';
			return `<p><button name="who" value="${escape(id)}">${escape(name)} (${how})</button></p>`;
		})
		.join('');
	return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Invented council sign-in</title></head><body><main><h1>Invented council sign-in</h1>
<p>This stands in for your council’s own sign-in. It runs on this computer only.</p>
<form method="post"><h2>Who are you?</h2>${buttons}
<p><button name="who" value="">I do not want to sign in</button></p></form></main></body></html>`;
}
