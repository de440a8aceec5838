import type { Journey, Track } from '#domain/journey/journey.ts';
import type { CivilDate } from '#domain/time/civil-date.ts';
import { sayDay } from '#i18n/format.ts';
import { t, wordsFor } from '#i18n/words.svelte.ts';
import type { Child } from '../open-case/children.ts';
import { nameOf } from '../open-case/words.ts';

export type HeroWords = { title: string; rest?: string; eyebrow?: string; lead?: string };

export const stageOf = (track: Track, child: Child): string =>
	wordsFor('cards', `stage.${track.stage}`, { name: nameOf(child) });

/** A move to the next school hangs on one day (the longstop of reg 18). Once it is past, the late card says so. */
function schoolBy(track: Track, today: CivilDate): { lead?: string } {
	const named = track.steps.find((step) => step.key === 'transfer.final');
	if (!named?.on || named.state === 'done' || named.on < today) return {};
	return { lead: t('cards:schoolBy', { day: sayDay(named.on, today) }) };
}

/** Where are we, in three lines. The week number is the heading; without a ribbon the stage itself is. */
export function heroWords(child: Child | undefined, journey: Journey | undefined): HeroWords {
	const main = journey?.main;
	if (!child || !main) return { title: t('home:empty.title') };
	const eyebrow = child.councilCase ? wordsFor('cards', `eyebrow.${main.kind}`) : t('cards:typed');
	const lead = stageOf(main, child);
	const ribbon = main.ribbon;
	if (!ribbon) return { title: lead.replace(/\.$/, ''), eyebrow, ...schoolBy(main, journey.today) };
	const month = ribbon.unit === 'month';
	if (ribbon.past > 0) {
		const at = ribbon.of + ribbon.past;
		return {
			title: t(month ? 'cards:ribbonMonth' : 'cards:ribbonWeek', { at }),
			rest: ` ${t('cards:ribbonPast', { of: ribbon.of })}`,
			eyebrow,
			lead
		};
	}
	return {
		title: t(month ? 'cards:ribbonMonth' : 'cards:ribbonWeek', { at: ribbon.at }),
		rest: ` ${t('cards:ribbonOf', { of: ribbon.of })}`,
		eyebrow,
		lead
	};
}
