import type { FileRef } from '#contract/blobs.ts';
import { audit } from '../access/audit.ts';
import { findBlob } from '../blobs/blob-rows.ts';
import { openKept } from '../blobs/kept.ts';
import { filesOf } from '../blobs/named.ts';
import { bodyOf, lengthOf } from '../blobs/sealing.ts';
import type { Call } from '../edge/caller.ts';
import type { Runtime } from '../runtime.ts';
import { takeCase } from './staff-case.ts';
import { lineOf, StaffRefused } from './staff-duty.ts';
import { sentByPerson } from './staff-sent.ts';

const ENDINGS: Record<FileRef['type'], string> = {
	'image/jpeg': 'jpg',
	'image/png': 'png',
	'audio/webm': 'webm',
	'audio/mp4': 'm4a'
};
/** Whatever a file holds, it runs nothing, asks nobody and stands in no frame. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/**
 * One file that came with what somebody sent, opened for an officer of the case, as itself. Each look is written into the audit. Throws
 * StaffRefused: not of this case, not here yet, refused.
 */
export async function staffFile(
	call: Call,
	server: Runtime,
	asked: { ref: string; id: string; blob: string }
): Promise<Response> {
	const { staff, actor, file } = await takeCase(call, server, asked.ref);
	const { transact } = server.database;
	const found = await transact(
		async (tx) => {
			for (const { person, rows } of await sentByPerson(tx, actor, file)) {
				const row = rows.find((one) => one.id === asked.id);
				const files = row ? filesOf(row) : [];
				const ref = files.find((one) => one.id === asked.blob);
				if (!row || !ref) continue;
				const blob = await findBlob(tx, { accountId: person.accountId, id: ref.id.toLowerCase() });
				if (!blob || blob.scope_id !== row.scope) return null;
				return { ref, blob, name: nameOf(row.v.receipt ?? 'file', files.indexOf(ref) + 1, ref.type) };
			}
			return null;
		},
		{ readOnly: true }
	);
	const plain = found && (await openKept(server.config.blobDir, found.blob, found.ref));
	if (!found || !plain) throw new StaffRefused('not-found');
	const object = found.blob.id;
	await transact((tx) =>
		audit(tx, lineOf(call, staff, { action: 'case-read', scope: file.scopeId, object }))
	);
	const { type } = found.ref;
	// A picture is looked at in the browser, which keeps none of it; a recording has no player in a page that may run nothing.
	const how = type.startsWith('image/') ? 'inline' : 'attachment';
	return new Response(bodyOf(plain), {
		headers: {
			'content-type': type,
			'content-length': String(lengthOf(plain)),
			'content-disposition': `${how}; filename="${found.name}"`,
			'content-security-policy': POLICY,
			'x-content-type-options': 'nosniff',
			'cache-control': 'no-store'
		}
	});
}

/** The receipt and a number: nobody's name, and nothing that a family typed. */
const nameOf = (receipt: string, no: number, type: FileRef['type']): string =>
	`${receipt.replace(/[^\w-]/g, '-')}-${no}.${ENDINGS[type]}`;
