import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { GATES, type Gate } from './gates/list.ts';

/**
 * Runs gates by name or by tier: `node scripts/gates.ts types lint`, `node scripts/gates.ts --tier test`.
 * Every gate prints its count and seconds, fails below its floor, and never skips itself because a tool is missing.
 */
const OUT = 'test-results/gates';
type Outcome = { gate: Gate; ok: boolean; count: number; failed: number; seconds: number; why?: string };

function chosen(args: string[]): Gate[] {
	if (args.includes('--help') || args.length === 0) {
		console.log(`gates: ${GATES.map((g) => g.name).join(', ')}\ntiers: --tier test | --tier long`);
		process.exit(args.length === 0 ? 2 : 0);
	}
	if (args[0] === '--tier') return GATES.filter((gate) => gate.tier === args[1]);
	return args.map((name) => {
		const gate = GATES.find((g) => g.name === name);
		if (gate) return gate;
		console.error(`There is no gate "${name}". Known: ${GATES.map((g) => g.name).join(', ')}`);
		process.exit(2);
	});
}

function runCommand(gate: Gate): Promise<{ code: number; text: string }> {
	return new Promise((resolve) => {
		const [command = '', ...args] = gate.run;
		const child = spawn(command, args, {
			env: { ...process.env, FORCE_COLOR: '0', NO_COLOR: '1', ...gate.env },
			stdio: ['ignore', 'pipe', 'pipe']
		});
		let text = '';
		const keep = (chunk: Buffer) => (text += chunk.toString());
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.on('error', (error) => resolve({ code: 127, text: `${text}\n${error.message}` }));
		child.on('close', (code) => resolve({ code: code ?? 1, text }));
	});
}

async function runGate(gate: Gate): Promise<Outcome> {
	const began = performance.now();
	console.log(`▸ ${gate.name}: ${gate.what}`);
	const { code, text } = await runCommand(gate);
	const { count, failed } = gate.count(text, (file) => readFileSync(`${OUT}/${file}`, 'utf8'));
	const seconds = (performance.now() - began) / 1000;
	const why =
		code !== 0
			? `exit code ${code}`
			: failed > 0
				? `${failed} failed`
				: count < gate.floor
					? `${count} checks, at least ${gate.floor} expected`
					: undefined;
	if (why) console.log(text.split('\n').slice(-gate.tail).join('\n'));
	console.log(
		`${why ? '✗' : '✓'} ${gate.name}: ${count} checks in ${seconds.toFixed(1)} s${why ? ` — ${why}` : ''}`
	);
	return { gate, ok: !why, count, failed, seconds, why };
}

/** Gates of one lane run one after another; the two lanes side by side use both cores. */
async function runLane(gates: Gate[]): Promise<Outcome[]> {
	const done: Outcome[] = [];
	for (const gate of gates) done.push(await runGate(gate));
	return done;
}

const gates = chosen(process.argv.slice(2));
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
const began = performance.now();
const lanes = [gates.filter((g) => g.lane === 1), gates.filter((g) => g.lane === 2)];
const alone = await runLane(gates.filter((g) => g.lane === 0));
const outcomes = [...alone, ...(await Promise.all(lanes.map(runLane))).flat()];
const minutes = (performance.now() - began) / 60_000;

console.log('');
for (const { gate, ok, count, seconds } of outcomes)
	console.log(
		`${ok ? '✓' : '✗'} ${gate.name.padEnd(14)} ${String(count).padStart(7)} checks ${seconds.toFixed(1).padStart(7)} s`
	);
const passed = outcomes.reduce((sum, o) => sum + o.count, 0);
const failed = outcomes.reduce((sum, o) => sum + o.failed + (o.ok || o.failed > 0 ? 0 : 1), 0);
console.log(`All gates: ${minutes.toFixed(1)} minutes`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
