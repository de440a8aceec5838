import { spawn, type ChildProcess } from 'node:child_process';

export type Finished = { code: number | null; signal: NodeJS.Signals | null; out: string; err: string };
export type Running = {
	child: ChildProcess;
	finished: Promise<Finished>;
	/** Resolves with the first line of stdout that matches. */ line: (match: RegExp) => Promise<string>;
};

/** A TypeScript file in a process of its own, under this Node. */
export function run(file: string, words: string[], env: Record<string, string>): Running {
	const child = spawn(process.execPath, [file, ...words], {
		env: { PATH: process.env.PATH, ...env },
		stdio: ['ignore', 'pipe', 'pipe']
	});
	let [out, err] = ['', ''];
	const waiting: { match: RegExp; found: (line: string) => void; lost: (problem: Error) => void }[] = [];
	const look = () => {
		for (const one of [...waiting]) {
			const line = out.split('\n').find((text) => one.match.test(text));
			if (line === undefined) continue;
			waiting.splice(waiting.indexOf(one), 1);
			one.found(line);
		}
	};
	child.stdout.on('data', (part: Buffer) => ((out += part.toString()), look()));
	child.stderr.on('data', (part: Buffer) => (err += part.toString()));
	const finished = new Promise<Finished>((resolve) => {
		child.once('close', (code, signal) => {
			for (const one of waiting) one.lost(new Error(`It ended before saying ${one.match}:\n${out}\n${err}`));
			resolve({ code, signal, out, err });
		});
	});
	const line = (match: RegExp) =>
		new Promise<string>((found, lost) => (waiting.push({ match, found, lost }), look()));
	return { child, finished, line };
}
