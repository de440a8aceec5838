import { renderSVG } from 'uqr';
import type { Addressee } from './addressees.ts';
import { englishDay } from './english-day.ts';
import { languageName } from './language-name.ts';

export type LetterFacts = {
	to: Addressee;
	from: { name: string; line: { name: string; phone?: string; hours?: string } | null };
	/** As printed: XXXX-XXXX-XXXX-C. */
	code: string;
	expiresAt: Date;
	madeAt: Date;
	origin: string;
};

/** The address that the QR opens. The code stands after `#`, so no server, scanner or log ever sees it (sync-and-security §5.2). */
export const letterAddress = (origin: string, code: string) => `${origin}/app/start/letter#${code}`;

const ESCAPES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;'
};
const safe = (text: string) => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

/** One printable page for one guardian. It says nothing about any other guardian. */
export function letterPage({ to, from, code, expiresAt, madeAt, origin }: LetterFacts): string {
	const child = to.childName ? safe(to.childName) : 'your child';
	const address = (to.address ?? '')
		.split(/\r?\n|,\s*/)
		.filter((line) => line.trim() !== '')
		.map(safe)
		.join('<br>');
	const place = `${origin}/app/start/letter`;
	const help = from.line?.phone
		? `<p>Call ${safe(from.line.name)}: <strong>${safe(from.line.phone)}</strong>${from.line.hours ? ` (${safe(from.line.hours)})` : ''}.</p>`
		: `<p>Ask the team at ${safe(from.name)} that works with you.</p>`;
	const language = to.interpreter ? languageName(to.interpreter) : null;
	const interpreter = language
		? `<p>You can ask for someone who speaks <strong>${safe(language)}</strong>. It costs you nothing. The app can also be read in other languages.</p>`
		: '';
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="robots" content="noindex">
<title>Letter</title>
<style>
@page { size: A4; margin: 20mm }
body { font: 12pt/1.5 Arial, sans-serif; color: #000; max-width: 170mm; margin: 0 auto; padding: 8mm }
h1 { font-size: 18pt; line-height: 1.25 } h2 { font-size: 13pt; margin: 6mm 0 1mm }
p, ol { margin: 0 0 3mm } .to { min-height: 34mm; margin: 8mm 0 }
.code { font: bold 20pt/1.4 "Courier New", monospace; letter-spacing: .04em; white-space: nowrap }
.open { display: flex; gap: 8mm; align-items: center; border: 1pt solid #000; padding: 5mm; break-inside: avoid }
.open svg { width: 38mm; height: 38mm; flex: none }
</style>
</head>
<body>
<p><strong>${safe(from.name)}</strong></p>
<p class="to">${safe(to.name)}<br>${address}</p>
<p>${englishDay(madeAt)}</p>
<h1>See where ${child}’s assessment or plan is, on your phone</h1>
<p>You can now look at the steps and dates for ${child} whenever you want. It works without a connection once you have opened it.</p>
<div class="open">
${renderSVG(letterAddress(origin, code), { border: 2, ecc: 'M' })}
<div>
<p>Your code, for one use:</p>
<p class="code">${safe(code)}</p>
<p>It works until <strong>${englishDay(expiresAt)}</strong>.</p>
</div>
</div>
<h2>How to start</h2>
<ol>
<li>Point your phone’s camera at the square. Or type this address: <strong>${safe(place)}</strong></li>
<li>Check the code, or type it in.</li>
<li>Type ${child}’s date of birth.</li>
</ol>
<p>You need the internet for this once.</p>
<h2>Keep this letter safe</h2>
<p>Anyone who has the code and knows the date of birth could open it. After you have used it, the code is finished. If it does not work, or five tries go wrong, ask for a new letter.</p>
<h2>You do not have to use it</h2>
<p>Nothing about ${child}’s support changes if you don’t. You can still call and write as before.</p>
<h2>Questions</h2>
${help}
${interpreter}
</body>
</html>
`;
}
