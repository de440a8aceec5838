import { error } from '@sveltejs/kit';
import { SignInRefused } from '#server/oidc/refused.ts';
import { runtime, type Runtime } from '#server/runtime.ts';

/** Runs a step of a sign-in; a refusal becomes a plain page with its status and nothing of what the provider said. */
export async function refusing<T>(work: (server: Runtime) => Promise<T>): Promise<T> {
	try {
		return await work(await runtime());
	} catch (problem) {
		if (!(problem instanceof SignInRefused)) throw problem;
		error(problem.status, { message: problem.why, why: problem.why });
	}
}
