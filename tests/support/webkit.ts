import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from './app-server.ts';

const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/** WebKitGTK through plain W3C WebDriver: the closest thing to Safari that Debian has (reference: stack §11). */
export type Webkit = {
	go: (url: string) => Promise<void>;
	newWindow: () => Promise<void>;
	/** Runs in the page; the body is the text of a function that returns a value or a promise. */
	run: <T>(body: string, ...args: unknown[]) => Promise<T>;
	quit: () => Promise<void>;
};

async function untilUp(url: string, child: ChildProcess): Promise<void> {
	const until = Date.now() + 20_000;
	while (
		!(await fetch(url).then(
			() => true,
			() => false
		))
	) {
		if (child.exitCode !== null || Date.now() > until) throw new Error('WebKitWebDriver did not start');
		await new Promise((resolve) => setTimeout(resolve, 100));
	}
}

export async function startWebkit(): Promise<Webkit> {
	const display = `:${90 + Math.floor((await freePort()) % 400)}`;
	const screen = spawn('Xvfb', [display, '-screen', '0', '800x900x24', '-nolisten', 'tcp'], {
		stdio: 'ignore'
	});
	const port = await freePort();
	const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
		stdio: 'ignore',
		env: {
			...process.env,
			DISPLAY: display,
			WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
			LIBGL_ALWAYS_SOFTWARE: '1',
			TZ: 'Europe/London',
			LANG: 'en_GB.UTF-8'
		}
	});
	const base = `http://127.0.0.1:${port}`;
	await untilUp(`${base}/status`, driver);

	const call = async (method: string, path: string, body?: unknown): Promise<unknown> => {
		const answer = await fetch(`${base}${path}`, {
			method,
			body: body === undefined ? undefined : JSON.stringify(body)
		});
		const { value } = (await answer.json()) as { value: unknown };
		if (!answer.ok) throw new Error(`WebDriver ${method} ${path}: ${JSON.stringify(value)}`);
		return value;
	};
	const opened = (await call('POST', '/session', {
		capabilities: {
			alwaysMatch: {
				acceptInsecureCerts: true,
				'webkitgtk:browserOptions': { binary: MINI_BROWSER, args: ['--automation'] }
			}
		}
	})) as { sessionId: string };
	const session = `/session/${opened.sessionId}`;
	await call('POST', `${session}/timeouts`, { script: 30_000, pageLoad: 60_000 });

	return {
		go: async (url) => void (await call('POST', `${session}/url`, { url })),
		newWindow: async () => {
			const made = (await call('POST', `${session}/window/new`, { type: 'window' })) as { handle: string };
			await call('POST', `${session}/window`, { handle: made.handle });
		},
		run: async <T>(body: string, ...args: unknown[]) =>
			(await call('POST', `${session}/execute/async`, {
				script: `const done = arguments[arguments.length - 1]; Promise.resolve((async (...args) => { ${body} })(...arguments)).then(done, (e) => done('error: ' + e));`,
				args
			})) as T,
		quit: async () => {
			await call('DELETE', session).catch(() => undefined);
			driver.kill();
			screen.kill();
		}
	};
}
