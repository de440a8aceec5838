import type { CivilDate } from '../time/civil-date.ts';
import type { EventType } from './vocabulary.ts';

/** Who said so: the council's file, the family, or something read out of a yearly SEN2 return. */
export type Source = {
	said: 'council' | 'family' | 'sen2';
	/** For a file: its name and SHA-256 and the row or element the fact came from. */
	file?: string;
	sha256?: string;
	row?: number;
	ref?: string;
};

/** A fact that someone stated about a case (blueprint §5). `on` is a civil date, Europe/London; `recordedAt` an ISO instant. */
export type CaseEvent = {
	id: string;
	type: EventType;
	on: CivilDate;
	detail: Readonly<Record<string, string>>;
	source?: Source;
	recordedAt?: string;
	note?: string;
};
