import { spawnSync } from 'node:child_process';

/**
 * Three type checks. Kit's generated settings leave the worker out (codebases: nobody checks it unless we do), and the
 * rules must compile where there is neither a browser nor Node.
 */
const checks: [string, string[]][] = [
	['svelte-kit', ['sync']],
	['svelte-check', ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'machine']],
	['tsc', ['-p', '.ci/tsconfig.pure.json', '--listFiles']],
	['tsc', ['-p', 'service-worker/tsconfig.json', '--listFiles']]
];

let files = 0;
let failed = 0;
for (const [tool, args] of checks) {
	const { status, stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
	files += Number(/COMPLETED (\d+) FILES/.exec(stdout)?.[1] ?? 0);
	files += stdout
		.split('\n')
		.filter((line) => /\/(src|service-worker)\/.*\.ts$/.test(line) && !line.includes('error TS')).length;
	if (status === 0) continue;
	failed++;
	console.log(`${tool} ${args.join(' ')}`);
	const listed = /^\/.*\.[cm]?ts$/;
	console.log(
		stdout
			.split('\n')
			.filter((line) => !listed.test(line))
			.join('\n'),
		stderr
	);
}
console.log(`types: ${files} checks, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
