import type { RowValue } from '#contract/rows.ts';

export type PersonFields = { name: string; what: string; phone: string; email: string; officer: boolean };
export type Problem = {
	field: 'person-name' | 'person-phone';
	key: 'people:add.nameEmpty' | 'people:add.phoneBad';
};

/** Digits with the marks people write between them; at least three digits, as the shortest services have. */
const PHONE = /^\+?[\d\s()-]{3,}$/;

export function problemsOf(fields: PersonFields): Problem[] {
	const problems: Problem[] = [];
	if (fields.name.trim() === '') problems.push({ field: 'person-name', key: 'people:add.nameEmpty' });
	if (fields.phone.trim() !== '' && !PHONE.test(fields.phone.trim()))
		problems.push({ field: 'person-phone', key: 'people:add.phoneBad' });
	return problems;
}

/** The row a form stands for; empty fields are left out, not kept as empty. */
export function personFrom(fields: PersonFields): RowValue<'person'> {
	const [name, team, phone, email] = [fields.name, fields.what, fields.phone, fields.email].map((text) =>
		text.trim()
	);
	return {
		role: fields.officer ? 'case-officer' : 'other',
		name: name ?? '',
		...(team && { team }),
		...(phone && { phone }),
		...(email && { email })
	};
}
