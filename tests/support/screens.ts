import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Every screen a family or a visitor can open. `key` stands for a milestone's opaque key, read from the Timeline. */
export const FAMILY_SCREENS = [
	'/app',
	'/app/timeline',
	'/app/milestone/{key}',
	'/app/people',
	'/app/new',
	'/app/messages',
	'/app/messages/write',
	'/app/views',
	'/app/views/annual-review/going-well',
	'/app/views/annual-review/check',
	'/app/views/sent/00000000-0000-4000-8000-000000000000',
	'/app/waiting',
	'/app/log',
	'/app/log/add?kind=out-of-school',
	'/app/profile',
	'/app/profile/show',
	'/app/profile/share',
	'/app/views/child-voice/feel',
	'/app/calendar',
	'/app/dates',
	'/app/settings',
	'/app/lock',
	'/app/lock/who',
	'/app/move',
	'/app/more',
	'/app/about/law',
	'/app/who-looked',
	'/app/devices',
	'/app/sign-in',
	'/app/sign-in/keep',
	'/app/sign-in/removed',
	'/app/start',
	'/app/start/way',
	'/app/start/letter',
	'/app/start/dates',
	'/app/nowhere'
] as const;
export const PUBLIC_SCREENS = ['/', '/help', '/help/law', '/help/privacy'] as const;

export type Look = {
	theme: 'light' | 'dark' | 'contrast';
	lang: 'en' | 'ur' | 'en-XA';
	net: 'online' | 'offline';
};

/** Nine combinations in which every pair of theme, language and network stands at least once. */
export const PAIRWISE: Look[] = [
	{ theme: 'light', lang: 'en', net: 'online' },
	{ theme: 'light', lang: 'ur', net: 'offline' },
	{ theme: 'light', lang: 'en-XA', net: 'online' },
	{ theme: 'dark', lang: 'en', net: 'offline' },
	{ theme: 'dark', lang: 'ur', net: 'online' },
	{ theme: 'dark', lang: 'en-XA', net: 'offline' },
	{ theme: 'contrast', lang: 'en', net: 'online' },
	{ theme: 'contrast', lang: 'ur', net: 'offline' },
	{ theme: 'contrast', lang: 'en-XA', net: 'offline' }
];
export const EVERY: Look[] = (['light', 'dark', 'contrast'] as const).flatMap((theme) =>
	(['en', 'ur', 'en-XA'] as const).flatMap((lang) =>
		(['online', 'offline'] as const).map((net) => ({ theme, lang, net }))
	)
);
export const sayLook = ({ theme, lang, net }: Look) => `${theme}, ${lang}, ${net}`;

/** Sets how the person reads, as Settings would, for every page opened from now on. */
export async function readAs(page: Page, { theme, lang }: Look, text?: 'xxl'): Promise<void> {
	const kept = { lang, dir: lang === 'ur' ? 'rtl' : 'ltr', theme, urdu: 'nastaliq', ...(text && { text }) };
	await page.evaluate((raw) => localStorage.setItem('alongside:reading', raw), JSON.stringify(kept));
}

/** The screen stands: one h1 with words, and nothing more is being fetched for it. */
export async function settled(page: Page): Promise<void> {
	await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\S/);
	await page.waitForFunction(() => !document.querySelector('[aria-busy="true"]'));
	await page.evaluate(() => document.fonts.ready.then(() => undefined));
}

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What must be true of every screen in every look. Returns plain sentences, so that one run names every fault. */
export async function faultsOf(page: Page, look: Look): Promise<string[]> {
	const faults: string[] = [];
	// Taller than any page: a target that the bottom bar covers until one scrolls is no small target.
	const size = page.viewportSize() ?? { width: 360, height: 800 };
	await page.setViewportSize({ width: size.width, height: 8000 });
	// No page of ours has frames: what the builder does for their sake, a page of its own for the sum, costs a quarter more.
	const { violations } = await new AxeBuilder({ page })
		.setLegacyMode(true)
		.options({ runOnly: { type: 'tag', values: TAGS }, resultTypes: ['violations'] })
		.analyze();
	await page.setViewportSize(size);
	for (const { id, nodes } of violations)
		faults.push(
			`axe ${id}: ${nodes
				.map((node) => node.target.join(' '))
				.slice(0, 3)
				.join('; ')}`
		);
	const seen = await page.evaluate(() => ({
		title: document.title,
		lang: document.documentElement.lang,
		dir: document.documentElement.dir,
		headings: document.querySelectorAll('h1').length,
		text: document.body.innerText
	}));
	if (seen.headings !== 1) faults.push(`${seen.headings} h1`);
	if (!/ – (Alongside|\[Åļöñĝšîðé ~\])$/.test(seen.title)) faults.push(`title "${seen.title}"`);
	if (seen.lang !== look.lang) faults.push(`lang ${seen.lang}`);
	if (seen.dir !== (look.lang === 'ur' ? 'rtl' : 'ltr')) faults.push(`dir ${seen.dir}`);
	const rawKey =
		/\b(shell|status|home|timeline|milestone|people|news|calendar|settings|lock|about|dates|start|legal|events|roles|wholooked|signin|views|messages|log|waiting|profile|files|cards|titles|otherways):[a-z]+\.\w+|\bform\.[a-z-]+\.[a-z-]+\b/.exec(
			seen.text
		);
	if (rawKey) faults.push(`a key instead of words: ${rawKey[0]}`);
	if (/\{\{|\bundefined\b|\bNaN\b|\[object /.test(seen.text))
		faults.push(
			`a hole in the words: ${/.{0,30}(\{\{|\bundefined\b|\bNaN\b|\[object ).{0,30}/.exec(seen.text)?.[0]}`
		);
	return faults;
}

/** Width by which the page could be pushed sideways, in CSS pixels. */
export const sideways = (page: Page): Promise<number> =>
	page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
