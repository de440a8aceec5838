import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** One page of a browser that nobody drives: what a test runner puts into each page would run on the slowed processor too. */
export type BarePage = {
	send: <T = unknown>(method: string, params?: object) => Promise<T>;
	/** Runs at the start of every document, before its own scripts. */
	before: (script: () => void) => Promise<void>;
	/** The page's `performance.now()` when it told this name first: milliseconds from the start of the navigation, the worker's own start included. */
	told: (name: string) => Promise<number>;
	close: () => Promise<void>;
};

type Said = { id?: number; method?: string; params?: { payload: string }; result?: unknown; error?: object };

/** Opens a browser on a profile folder, at 360 × 800 in London. Throws when a command is refused. */
export async function openBare(profile: string): Promise<BarePage> {
	const browser = spawn(
		process.env.CHROMIUM ?? '/usr/bin/chromium',
		[
			'--headless',
			'--no-sandbox',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--window-size=360,800',
			'--lang=en-GB',
			'--remote-debugging-port=0',
			`--user-data-dir=${profile}`,
			'about:blank'
		],
		{ stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, TZ: 'Europe/London' } }
	);
	const port = await new Promise<string>((resolve, reject) => {
		let printed = '';
		browser.stderr.on('data', (chunk) => {
			printed += String(chunk);
			const found = /ws:\/\/[^:]+:(\d+)/.exec(printed)?.[1];
			if (found) resolve(found);
		});
		browser.once('exit', () => reject(new Error(`The browser ended: ${printed}`)));
	});
	const pages = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as {
		type: string;
		webSocketDebuggerUrl: string;
	}[];
	const socket = new WebSocket(pages.find(({ type }) => type === 'page')!.webSocketDebuggerUrl);
	await once(socket, 'open');

	let last = 0;
	const answers = new Map<number, (said: Said) => void>();
	const heard = new Map<string, number>();
	const waiting = new Map<string, (at: number) => void>();
	socket.onmessage = ({ data }) => {
		const said = JSON.parse(String(data)) as Said;
		if (said.id) answers.get(said.id)?.(said);
		if (said.method !== 'Runtime.bindingCalled') return;
		const { name, at } = JSON.parse(said.params!.payload) as { name: string; at: number };
		if (heard.has(name)) return;
		heard.set(name, at);
		waiting.get(name)?.(at);
	};
	const send = async <T>(method: string, params: object = {}): Promise<T> => {
		const id = ++last;
		socket.send(JSON.stringify({ id, method, params }));
		const { result, error } = await new Promise<Said>((resolve) => answers.set(id, resolve));
		if (error) throw new Error(`${method}: ${JSON.stringify(error)}`);
		return result as T;
	};
	await send('Page.enable');
	await send('Runtime.enable');
	await send('Runtime.addBinding', { name: 'tellBench' });
	await send('Emulation.setDeviceMetricsOverride', {
		width: 360,
		height: 800,
		deviceScaleFactor: 1,
		mobile: false
	});
	return {
		send,
		before: async (script) => {
			await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${script.toString()})()` });
		},
		told: (name) => {
			const at = heard.get(name);
			return at === undefined ? new Promise((resolve) => waiting.set(name, resolve)) : Promise.resolve(at);
		},
		close: async () => {
			const gone = once(browser, 'exit');
			await send('Browser.close');
			await gone;
		}
	};
}
