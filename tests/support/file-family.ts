import { expect } from 'vitest';
import type { FileRef } from '#contract/blobs.ts';
import { sentScope } from '#contract/scope.ts';
import { currentServerKey } from '#server/access/server-keys.ts';
import type { Runtime } from '#server/runtime.ts';
import { TEST_SECRET } from './database.ts';
import { oneChild } from './family.ts';
import { push, sealedMutation } from './pushing.ts';
import { Phone } from './sign-in.ts';

/** One guardian with a phone, and the words they send. `words` gives the id of the row that names these files. */
export async function fileFamily(server: Runtime, ref: string) {
	const { scopeId, caseId } = await oneChild(server.database, ref, { guardians: [`${ref}A`] });
	const phone = new Phone(server);
	await phone.letter(scopeId, `${ref}A`);
	const scope = sentScope(caseId, phone.userId);
	const key = await server.database.transact((tx) =>
		currentServerKey(tx, { secret: TEST_SECRET, now: new Date() })
	);
	let seq = 0;
	const words = async (files: FileRef[], form = false): Promise<string> => {
		const id = crypto.randomUUID();
		const args = form
			? { id, form: 'annual-review', version: 1, answers: { about: 'Drums.' }, files }
			: { id, text: 'See the photo.', files };
		const name = form ? 'views.send' : 'message.send';
		const { acks } = await push(phone, [await sealedMutation(key, { seq: ++seq, name, scope, args })]);
		expect(acks[0]!.status).toBe('done');
		return id;
	};
	return { phone, scope, scopeId, caseId, words };
}
