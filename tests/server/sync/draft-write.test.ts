import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { questionRoot } from '#contract/draft-roots.ts';
import { accept } from '#server/sync/accept.ts';
import { mergeApart } from '#server/sync/merge-apart.ts';
import { mergeDraft } from '#server/sync/merge-draft.ts';
import { MemoryServer } from '../../support/memory-row-store.ts';

const ACCOUNT = '22222222-2222-4222-8222-222222222222';
const OWN = `case:11111111-1111-4111-8111-111111111111:own:${ACCOUNT}`;
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const whole = (doc: Y.Doc) => base64(Y.encodeStateAsUpdate(doc));

/** One phone that writes, and the server. */
function phone(server: MemoryServer, deviceId: string) {
	let seq = 0;
	return async (update: string, form = 'annual-review', version = 1) => {
		const mid = `00000000-0000-4000-8000-${randomBytes(6).toString('hex')}`;
		const one = { mid, seq: ++seq, scope: OWN, name: 'draft.write', hash: mid };
		const args = { form, version, update };
		const accepted = await accept(server.store(ACCOUNT, deviceId), { ...one, args });
		return 'ack' in accepted ? (accepted.ack.code ?? accepted.ack.status) : accepted.stop.code;
	};
}
function world() {
	const server = new MemoryServer();
	server.writable.set(ACCOUNT, new Set([OWN]));
	const row = () =>
		server.scope(OWN).rows.get('writing annual-review')?.v as { answers: object; state: string };
	return { server, row };
}

describe('a draft on two phones', () => {
	it('holds the words of all of them, in whatever order and however often they come', async () => {
		const edit = fc.record({
			who: fc.nat(2),
			question: fc.constantFrom('about', 'hard'),
			at: fc.nat(30),
			cut: fc.nat(3),
			words: fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme' })
		});
		await fc.assert(
			fc.asyncProperty(
				fc.array(edit, { minLength: 1, maxLength: 12 }),
				fc.array(fc.nat(1000), { minLength: 24, maxLength: 24 }),
				async (edits, order) => {
					const { server, row } = world();
					const send = phone(server, 'a');
					const docs = [0, 1, 2].map(() => new Y.Doc());
					const pieces = edits.map(({ who, question, at, cut, words }) => {
						const doc = docs[who]!;
						const before = Y.encodeStateVector(doc);
						const text = doc.getText(questionRoot(question));
						const from = Math.min(at, text.length);
						text.delete(from, Math.min(cut, text.length - from));
						text.insert(from, words);
						return base64(Y.encodeStateAsUpdate(doc, before));
					});
					const shuffled = [...pieces, ...pieces]
						.map((piece, n) => ({ piece, by: order[n % 24]! * 100 + n }))
						.sort((a, b) => a.by - b.by);
					for (const { piece } of shuffled) expect(await send(piece)).toBe('done');
					const all = new Y.Doc();
					for (const doc of docs) Y.applyUpdate(all, Y.encodeStateAsUpdate(doc));
					const expected = ['about', 'hard'].map((id) => [id, all.getText(questionRoot(id)).toString()]);
					expect(row().answers).toEqual(Object.fromEntries(expected.filter(([, words]) => words !== '')));
				}
			),
			{ numRuns: 60 }
		);
	});

	it('joins what was picked on both, and keeps one of two where only one may be', async () => {
		const { server } = world();
		const send = phone(server, 'a');
		for (const [feel, meeting] of [
			['happy', 'yes'],
			['worried', 'no']
		]) {
			const [voice, answer] = [new Y.Doc(), new Y.Doc()];
			voice.getMap('chosen').set(`feel:${feel}`, true);
			answer.getMap('chosen').set('meeting', meeting);
			expect(await send(whole(voice), 'child-voice')).toBe('done');
			expect(await send(whole(answer), 'draft-answer')).toBe('done');
		}
		const answersOf = (form: string) =>
			(server.scope(OWN).rows.get(`writing ${form}`)?.v as { answers: Record<string, string> }).answers;
		expect(answersOf('child-voice')).toEqual({ feel: 'happy,worried' });
		expect(['yes', 'no']).toContain(answersOf('draft-answer')['meeting']);
	});

	it('holds nothing that a database cannot keep: a zero in it would hold up everything behind it', async () => {
		const { server, row } = world();
		const doc = new Y.Doc();
		doc.getText('q:about').insert(0, 'a\0b');
		expect(await phone(server, 'a')(whole(doc))).toBe('done');
		expect(row().answers).toEqual({ about: 'ab' });
	});

	it('writes nothing when a piece says nothing new', async () => {
		const { server } = world();
		const send = phone(server, 'a');
		const doc = new Y.Doc();
		doc.getText('q:about').insert(0, 'Bus, water, Lego.');
		await send(whole(doc));
		const { ver } = server.scope(OWN);
		expect(await send(whole(doc))).toBe('done');
		expect(server.scope(OWN).ver).toBe(ver);
	});
});

describe('refused, and the draft stays as it is', () => {
	const strange = (make: (doc: Y.Doc) => void) => {
		const doc = new Y.Doc();
		make(doc);
		return whole(doc);
	};
	it.each([
		['a question that the form has not', strange((doc) => doc.getText('q:nothing').insert(0, 'x'))],
		['a root of another kind of name', strange((doc) => doc.getMap('more').set('x', 1))],
		['bytes that are no update', base64(randomBytes(200))],
		['nothing', ''],
		['more than an update holds', 'A'.repeat(250_000)]
	])('%s', async (_what, update) => {
		const { server, row } = world();
		const send = phone(server, 'a');
		const doc = new Y.Doc();
		doc.getText('q:about').insert(0, 'Kind.');
		expect(await send(whole(doc))).toBe('done');
		const before = row();
		expect(await send(update)).toBe('bad_args');
		expect(row()).toEqual(before);
		expect(await send(whole(doc), 'no-such-form')).toBe('bad_args');
	});

	it('a draft that has grown past what is kept', () => {
		const doc = new Y.Doc();
		doc.getText('q:about').insert(0, 'x'.repeat(2_000));
		const piece = { state: null, update: whole(doc), texts: ['q:about'], maps: ['skipped', 'chosen'] };
		expect(mergeDraft(Y, { ...piece, most: 1_000 })).toBeNull();
		expect(mergeDraft(Y, { ...piece, most: 5_000 })).toMatchObject({ news: true });
	});

	it('a piece made to take minutes; what waits behind it is merged', async () => {
		// Each of these looks for its place among all before it: 14,000 of them take a second, and much more fits into a piece.
		const many = Array.from({ length: 2_000 }, (_, n) => {
			const doc = new Y.Doc();
			doc.clientID = n + 1;
			doc.getText('q:about').insert(0, 'x');
			return Y.encodeStateAsUpdate(doc);
		});
		const doc = new Y.Doc();
		doc.getText('q:about').insert(0, 'Mine.');
		const parts = { state: null, texts: ['q:about'], maps: ['skipped', 'chosen'], most: 1 << 30 };
		const slow = mergeApart({ ...parts, update: base64(Y.mergeUpdates(many)) }, 1);
		const behind = [1, 2].map(() => mergeApart({ ...parts, update: whole(doc) }));
		expect(await slow).toBeNull();
		for (const one of behind) expect((await one)?.texts).toEqual({ 'q:about': 'Mine.' });
		expect(await mergeApart({ ...parts, update: whole(doc) })).toMatchObject({ news: true });
	});
});
