import { scopeKind } from '#contract/scope.ts';
import { familyActor } from '../access/actor.ts';
import { can, type FamilyActor } from '../access/can.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../edge/refusal.ts';
import { findBlob, type BlobRow } from './blob-rows.ts';
import type { Whose } from './ways.ts';

/** A uuid as our folders and rows write it. */
export const isId = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/** The id as an address has it, in small letters. Throws Refusal `not_found` for what is none. */
export function readId(text: string): string {
	const id = text.toLowerCase();
	if (!isId(id)) throw new Refusal('not_found');
	return id;
}

/** Whether this person may put files, or read them, where they send to the council. */
export const reaches = (actor: FamilyActor, action: 'read' | 'write', scope: string): boolean =>
	scopeKind(scope) === 'case-sent' && can(actor, action, scope);

/** This person's file. Throws Refusal `not_found`: not there, somebody else's, or of a case that is closed to them now. */
export async function ownBlob(
	tx: Tx,
	whose: Whose,
	action: 'read' | 'write'
): Promise<{ row: BlobRow; actor: FamilyActor }> {
	const row = await findBlob(tx, whose);
	const actor = await familyActor(tx, whose.accountId);
	if (!row || !reaches(actor, action, row.scope_id)) throw new Refusal('not_found');
	return { row, actor };
}
