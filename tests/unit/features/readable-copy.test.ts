import { describe, expect, it } from 'vitest';
import { familyOf } from '#features/open-case/projection.ts';
import { copyContents } from '#features/settings/copy-contents.ts';
import { escapeHtml, readableCopy } from '#features/settings/readable-copy.ts';
import { loadWords, setLanguage, useLanguage } from '#i18n/words.svelte.ts';

await loadWords(['settings', 'events', 'titles', 'log']);

const SCOPE = 'case:c1:own:p1';
const row = (t: string, id: string, v: unknown) => ({ scope: SCOPE, t, id, ver: 0, sv: 1, v });
const ATTACK = `<img src=x onerror="alert('1')"> & </style></table>`;
const rows = [
	row('case', 'c1', { child: { givenName: `Robin ${ATTACK}`, bornOn: '2016-03-09' } }),
	row('event', 'e1', {
		type: 'assessment.requested',
		on: '2026-10-18',
		detail: {},
		note: `By email ${ATTACK}`
	}),
	row('event', 'e2', { type: 'advice.requested', on: '2026-11-02', detail: { adviser: `${ATTACK}` } }),
	row('person', 'p9', { role: 'other', name: 'عائشہ', phone: '01632 960144', hours: ATTACK }),
	row('record', 'r1', {
		...{ kind: 'call', case: 'c1', on: '2026-11-20', who: 'Dawn Harris', phone: '01632 960155' },
		text: `She said Friday.\n${ATTACK}`
	}),
	row('record', 'r2', {
		...{ kind: 'out-of-school', case: 'c1', on: '2026-11-02', until: '2026-11-04', text: 'No staff' }
	}),
	row('record', 'r3', { kind: 'note', case: 'c2', on: '2026-11-02', text: 'Of another child' })
];
const { children, known } = familyOf(rows);
const pageOf = () => readableCopy(copyContents(children, '2026-11-25', known.record));

describe('a page of everything, to read and print', () => {
	it('says each date in words, who said it, and every note and person', () => {
		const page = pageOf();
		for (const said of [
			'What has happened',
			'Sunday 18 October',
			'The council got the request',
			'You typed this',
			'By email',
			'عائشہ',
			'01632 960144',
			'Born Wednesday 9 March 2016',
			'What you wrote down',
			'Friday 20 November 2026',
			'Phone call, Dawn Harris, 01632 960155',
			'She said Friday.',
			'Monday 2 November 2026 to Wednesday 4 November 2026',
			'Out of school'
		])
			expect(page).toContain(said);
		expect(page.indexOf('18 October')).toBeLessThan(page.indexOf('2 November'));
		expect(page.indexOf('No staff')).toBeLessThan(page.indexOf('She said Friday.'));
		expect(page).not.toContain('Of another child');
	});

	it('lets nothing that a person typed become anything but text', () => {
		const page = pageOf();
		expect(page.match(/onerror=&quot;/g)).toHaveLength(5);
		expect(page).not.toMatch(/<img|<script|onerror="|https?:/);
		// Only the tags of the page itself: what came in could not close or open one.
		const tags = new Set([...page.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag));
		expect([...tags].sort()).toEqual(
			'b bdi body br h1 h2 h3 head html li main meta p section style table tbody td th thead title tr ul'.split(
				' '
			)
		);
		expect(page.match(/<\/style>/g)).toHaveLength(1);
		expect(escapeHtml(`&<>"'`)).toBe('&amp;&lt;&gt;&quot;&#39;');
	});

	it('is in the family’s language and direction', async () => {
		await setLanguage('ur');
		const page = pageOf();
		useLanguage('en');
		expect(page).toContain('<html lang="ur" dir="rtl">');
		expect(page).not.toContain('What has happened');
	});

	it('says that there is nothing, instead of an empty place', () => {
		const page = readableCopy(copyContents(familyOf([rows[0]!]).children, '2026-11-25'));
		expect(page.match(/Nothing here\./g)).toHaveLength(3);
	});
});
