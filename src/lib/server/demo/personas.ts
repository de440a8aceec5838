import amendmentNotice from './personas/amendment-notice.json' with { type: 'json' };
import refusal from './personas/refusal.json' with { type: 'json' };
import week13 from './personas/week-13.json' with { type: 'json' };
import week23 from './personas/week-23.json' with { type: 'json' };
import year6Transfer from './personas/year-6-transfer.json' with { type: 'json' };
import { readPersona } from './persona.ts';

/** The five invented families, in the order the start page and the terminal name them. */
export const PERSONAS = [
	readPersona('week-13.json', week13),
	readPersona('week-23.json', week23),
	readPersona('amendment-notice.json', amendmentNotice),
	readPersona('year-6-transfer.json', year6Transfer),
	readPersona('refusal.json', refusal)
];
