/**
 * The English files are the list of keys: `t('cards:late.about')` compiles only while that string exists.
 * One namespace is one file. Types only, so nothing here is shipped.
 */
type Resources = {
	shell: typeof import('./locales/en/shell.json');
	status: typeof import('./locales/en/status.json');
	start: typeof import('./locales/en/start.json');
	home: typeof import('./locales/en/home.json');
	cards: typeof import('./locales/en/cards.json');
	timeline: typeof import('./locales/en/timeline.json');
	milestone: typeof import('./locales/en/milestone.json');
	people: typeof import('./locales/en/people.json');
	news: typeof import('./locales/en/news.json');
	calendar: typeof import('./locales/en/calendar.json');
	lock: typeof import('./locales/en/lock.json');
	otherways: typeof import('./locales/en/otherways.json');
	signin: typeof import('./locales/en/signin.json');
	settings: typeof import('./locales/en/settings.json');
	about: typeof import('./locales/en/about.json');
	dates: typeof import('./locales/en/dates.json');
	titles: typeof import('./locales/en/titles.json');
	legal: typeof import('./locales/en/legal.json');
	events: typeof import('./locales/en/events.json');
	roles: typeof import('./locales/en/roles.json');
	staff: typeof import('./locales/en/staff.json');
	views: typeof import('./locales/en/views.json');
	messages: typeof import('./locales/en/messages.json');
	waiting: typeof import('./locales/en/waiting.json');
	files: typeof import('./locales/en/files.json');
	profile: typeof import('./locales/en/profile.json');
	log: typeof import('./locales/en/log.json');
	wholooked: typeof import('./locales/en/wholooked.json');
};

export type Namespace = keyof Resources;

/** `late_one` and `late_other` are both said as `late`; `late_easy` too: the reader's setting picks it. */
type Bare<K extends string> =
	K extends `${infer Name}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other' | 'easy'}` ? Bare<Name> : K;
type Path<T> = {
	[K in keyof T & string]: T[K] extends string ? Bare<K> : T[K] extends object ? `${K}.${Path<T[K]>}` : never;
}[keyof T & string];

export type WordKey = { [N in Namespace]: `${N}:${Path<Resources[N]>}` }[Namespace];
