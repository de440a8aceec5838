import type { Layout } from '../read/layout.ts';

/** The council's own live interface (blueprint §5). The documents' field table is held to this list by a test. */
export const caseEventsLayout = {
	kind: 'case-events',
	columns: [
		{
			name: 'case_ref',
			required: true,
			holds: "The council's own reference for the case.",
			example: 'KC-1042',
			longest: 64
		},
		{
			name: 'event_type',
			required: true,
			holds: 'One of the event types listed below.',
			example: 'advice.requested',
			longest: 60
		},
		{
			name: 'event_date',
			required: true,
			holds: 'Year-month-day: the day it was received, or the date on the letter for a decision.',
			example: '2026-09-14',
			longest: 40
		},
		{
			name: 'detail',
			required: false,
			holds: 'key=value pairs with ; between them. Which keys, stands beside each event type.',
			example: 'adviser=educational-psychology',
			longest: 500
		},
		{
			name: 'source_ref',
			required: false,
			holds: 'Your own number for this fact. The same number with another date is shown as a correction.',
			example: 'EV-88121',
			longest: 64
		},
		{
			name: 'note',
			required: false,
			holds: 'A sentence for the family. They will read it.',
			example: 'Sent by post.',
			longest: 2000
		}
	]
} as const satisfies Layout;
