import { execFileSync } from 'node:child_process';

/**
 * Names a build: the commit, and the time too when the tree is not clean or there is no git. `BUILD_ID` overrides.
 * Two builds of one clean commit are the same build; anything else must differ, or a phone keeps a stale shell.
 * Kit reads its settings more than once in one build: the first answer is kept in the environment, or the page and its
 * scripts would not know one another.
 */
export function buildId() {
	process.env.BUILD_ID ??= newBuildId();
	return process.env.BUILD_ID;
}

function newBuildId() {
	const git = (...args) =>
		execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
	try {
		const commit = git('rev-parse', '--short=12', 'HEAD');
		return git('status', '--porcelain') === '' ? commit : `${commit}-${Date.now()}`;
	} catch {
		return `unversioned-${Date.now()}`;
	}
}
