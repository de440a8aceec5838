import { error, redirect } from '@sveltejs/kit';
import { StaffRefused } from '#server/oidc/staff-duty.ts';
import { runtime, type Runtime } from '#server/runtime.ts';

const STATUS = { 'not-allowed': 403, 'not-found': 404, 'bad-request': 400 } as const;

/** Runs a staff page's work: who is not on duty is shown the way in, and who may not see it a plain page. */
export async function onDuty<T>(work: (server: Runtime) => Promise<T>): Promise<T> {
	try {
		return await work(await runtime());
	} catch (problem) {
		if (!(problem instanceof StaffRefused)) throw problem;
		if (problem.why === 'signed-out') redirect(303, '/sign-in');
		if (problem.why === 'choose-council') redirect(303, '/staff/council');
		error(STATUS[problem.why], { message: problem.why, why: problem.why });
	}
}

/**
 * As `onDuty`, for a form with somebody's words in it: who is not on duty any more is brought, with the same form, to the page that gives the words
 * back. 307 is the one step that keeps method and body.
 */
export const keepingWords = <T>(ref: string, work: (server: Runtime) => Promise<T>): Promise<T> =>
	onDuty(async (server) => {
		try {
			return await work(server);
		} catch (problem) {
			const off =
				problem instanceof StaffRefused && (problem.why === 'signed-out' || problem.why === 'choose-council');
			if (off) redirect(307, `/staff/cases/${encodeURIComponent(ref)}/answer`);
			throw problem;
		}
	});
