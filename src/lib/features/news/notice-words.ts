import type { NoticeKind } from '#contract/rows.ts';
import type { WordKey } from '#i18n/resources.ts';

/** What a notice says, and where its reader can look or do something. */
export type NoticeWords = { words: WordKey; href: string; link: WordKey };

const phone = (words: WordKey): NoticeWords => ({ words, href: '/app/devices', link: 'news:notice.check' });
const record = (words: WordKey): NoticeWords => ({
	words,
	href: '/app/who-looked',
	link: 'news:notice.readers'
});

const KINDS: Record<NoticeKind, NoticeWords> = {
	'phone-added': phone('news:notice.phone-added'),
	'phone-removed': phone('news:notice.phone-removed'),
	'passkey-added': phone('news:notice.passkey-added'),
	'mail-changed': phone('news:notice.mail-changed'),
	'sign-in-added': phone('news:notice.sign-in-added'),
	'rights-soon-mine': record('news:notice.rights-soon-mine'),
	'rights-soon-theirs': record('news:notice.rights-soon-theirs'),
	'rights-moved-mine': record('news:notice.rights-moved-mine'),
	'rights-moved-theirs': record('news:notice.rights-moved-theirs'),
	'grant-given': record('news:notice.grant-given'),
	'grant-withdrawn': record('news:notice.grant-withdrawn')
};

/** A kind that a newer server brought is told in general words. */
export const noticeWords = (kind: string): NoticeWords =>
	Object.hasOwn(KINDS, kind) ? KINDS[kind as NoticeKind] : phone('news:notice.other');
