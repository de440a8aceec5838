import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';

/**
 * Makes sure that what a command needs is there: `node scripts/ensure.mjs install build chromium postgres engines`.
 * Runs before every npm script, so it is plain JavaScript that Node 20 can run, and does nothing when all is in place.
 */
const root = new URL('..', import.meta.url).pathname;
process.chdir(root);

const run = (command, args, env = {}) => {
	const done = spawnSync(command, args, {
		stdio: ['ignore', 'inherit', 'inherit'],
		env: { ...process.env, ...env }
	});
	if (done.status !== 0) stop(`${command} ${args.join(' ')} did not succeed.`);
};
const stop = (why) => {
	console.error(`\n${why}`);
	process.exit(1);
};
const isRoot = () => process.getuid?.() === 0;
/** The packaged Node 24 where there is one for this platform, else the one in PATH (macOS). */
const appNode = () => (existsSync('node_modules/.bin/node') ? join('node_modules', '.bin', 'node') : 'node');

/** Newest change in milliseconds below the given paths. */
function newest(paths) {
	let latest = 0;
	for (const path of paths) {
		if (!existsSync(path)) continue;
		const stat = statSync(path);
		latest = Math.max(latest, stat.mtimeMs);
		if (stat.isDirectory())
			latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
	}
	return latest;
}

function debian(found, packages, what) {
	if (found()) return;
	const command = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
	if (!existsSync('/usr/bin/apt-get'))
		stop(`${what} is missing. On Debian: sudo apt-get update && sudo ${command}`);
	if (!isRoot()) stop(`${what} is missing. Type this once: sudo apt-get update && sudo ${command}`);
	console.log(`Installing ${what} (${packages.join(' ')}) from Debian, once…`);
	const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
	run('apt-get', ['update', '-qq'], quiet);
	run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
	if (!found()) stop(`${what} was installed but is not where it was expected.`);
}

const needs = {
	install() {
		const lock = 'node_modules/.package-lock.json';
		if (existsSync(lock) && statSync(lock).mtimeMs >= statSync('package-lock.json').mtimeMs) return;
		console.log('Installing packages, once. This takes about a minute…');
		run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
	},
	build() {
		const stamp = 'build/built-at';
		const sources = [
			'src',
			'static',
			'service-worker',
			'svelte.config.js',
			'vite.config.ts',
			'package-lock.json'
		];
		if (existsSync(stamp) && statSync(stamp).mtimeMs > newest(sources)) return;
		console.log('Building the app, once. This takes about half a minute…');
		run(appNode(), ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']);
		writeFileSync(stamp, new Date().toISOString());
	},
	chromium() {
		if (process.env.CHROMIUM) {
			if (!existsSync(process.env.CHROMIUM))
				stop(`CHROMIUM says ${process.env.CHROMIUM}, but nothing is there.`);
			return;
		}
		debian(() => existsSync('/usr/bin/chromium'), ['chromium'], 'Chromium');
	},
	postgres() {
		const found = () =>
			existsSync('/usr/lib/postgresql') &&
			readdirSync('/usr/lib/postgresql').some((v) => existsSync(`/usr/lib/postgresql/${v}/bin/initdb`));
		debian(found, ['postgresql'], 'PostgreSQL');
	},
	engines() {
		debian(() => existsSync('/usr/bin/firefox-esr'), ['firefox-esr'], 'Firefox ESR');
		const webkit = () => existsSync('/usr/bin/WebKitWebDriver') && existsSync('/usr/bin/Xvfb');
		debian(webkit, ['webkit2gtk-driver', 'xvfb'], 'WebKitGTK');
	}
};

for (const need of process.argv.slice(2)) {
	if (!needs[need]) stop(`scripts/ensure.mjs knows ${Object.keys(needs).join(', ')}, not "${need}".`);
	needs[need]();
}
// A Node older than the app needs can still be first in PATH when a platform has no packaged Node (macOS): say so early.
if (process.argv.includes('install')) {
	const major = Number(
		execFileSync(appNode(), ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' })
	);
	if (major < 24)
		stop(
			`Alongside runs on Node 24 or newer; this is Node ${major} and there is no packaged Node for this platform.`
		);
}
