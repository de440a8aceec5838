import { dayInLondon } from '#domain/time/instant.ts';
import { createSubscriber } from 'svelte/reactivity';
import type { CivilDate } from '#domain/time/civil-date.ts';

/** A timer for tomorrow is late on a phone that slept, so the day is also read again whenever the app is looked at. */
const CHECK_MS = 60_000;

/**
 * Today in London, for screens that stay open past midnight. `clock` is injectable: the demo and the tests have their own day.
 * Reading `.value` inside an effect or a template keeps it up to date.
 */
export class Today {
	readonly #clock: () => Date;
	readonly #watch: () => void;

	constructor(clock: () => Date = () => new Date()) {
		this.#clock = clock;
		this.#watch = createSubscriber((update) => {
			let day = dayInLondon(clock());
			const look = () => {
				const now = dayInLondon(clock());
				if (now !== day) {
					day = now;
					update();
				}
			};
			const timer = setInterval(look, CHECK_MS);
			document.addEventListener('visibilitychange', look);
			return () => {
				clearInterval(timer);
				document.removeEventListener('visibilitychange', look);
			};
		});
	}

	get value(): CivilDate {
		this.#watch();
		return dayInLondon(this.#clock());
	}

	now(): Date {
		return this.#clock();
	}
}
