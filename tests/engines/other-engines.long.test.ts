import { expect, it } from 'vitest';
import { startApp } from '../support/app-server.ts';
import { startFirefox } from '../support/firefox.ts';
import { lettersOf } from '../support/parent.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { startWebkit } from '../support/webkit.ts';

/**
 * The main promise in the two other engines that Debian has (reference: stack §11): a code, the child, then no server. The
 * pages are driven through the DOM, the one language that WebDriver and BiDi share. Run on a build.
 */
const UNTIL = `
	const until = async (test, what) => {
		const end = Date.now() + 25000;
		for (;;) {
			const found = test();
			if (found) return found;
			if (Date.now() > end) throw new Error('waited in vain for ' + what + ': ' + document.body.innerText.slice(0, 300));
			await new Promise((next) => setTimeout(next, 50));
		}
	};`;

/** Runs in the page at /app/start/letter#CODE: fills the birth date, taps, waits for Home and for the worker. */
const REDEEM = `${UNTIL}
	const [bornOn] = args;
	const inputs = await until(() => { const all = document.querySelectorAll('fieldset input'); return all.length >= 3 && all; }, 'the date fields');
	const write = (input, text) => {
		Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set.call(input, text);
		input.dispatchEvent(new Event('input', { bubbles: true }));
		input.dispatchEvent(new Event('change', { bubbles: true }));
	};
	const [year, month, day] = bornOn.split('-');
	[day, month, year].forEach((text, at) => write(inputs[at], text));
	await until(() => document.querySelector('#code').value.length > 10, 'the code from the link');
	document.querySelector('form button[type=submit]').click();
	await until(() => location.pathname === '/app', 'Home');
	await until(() => /Week \\d+/.test(document.querySelector('h1')?.innerText ?? ''), 'the week');
	await navigator.serviceWorker.ready;
	await until(() => navigator.serviceWorker.controller, 'a worker in charge');
	return document.body.innerText;`;

/** Runs at /app/timeline without a server: the text once the steps stand. */
const TIMELINE = `${UNTIL}
	await until(() => document.querySelectorAll('main li').length > 3, 'the steps');
	return document.body.innerText;`;

it('Firefox: killed, reopened on its profile, no server: the Timeline is all there', async () => {
	const server = await startApp({ env: { DEMO: '1' } });
	const letter = lettersOf(server.printed())[0]!;
	const firefox = await startFirefox();
	const run = (body: string, ...args: unknown[]) =>
		firefox.page.evaluate(`(async (args) => {${body}})(${JSON.stringify(args)})`) as Promise<string>;
	try {
		await firefox.page.goto(`${server.origin}/app/start/letter#${letter.code}`);
		expect(await run(REDEEM, letter.bornOn)).toContain(letter.child);
		await firefox.kill();
		await server.stop();
		await firefox.reopen();
		await firefox.page.goto(`${server.origin}/app/timeline`);
		expect(await run(TIMELINE)).toContain(letter.child);
	} finally {
		await firefox.quit();
		await server.kill();
		server.remove();
	}
});

it('WebKitGTK: a new window of the session, no server: the Timeline is all there', async () => {
	const server = await startApp({ env: { DEMO: '1', TRUST_PROXY: '1' } });
	const letter = lettersOf(server.printed())[0]!;
	const front = await startTlsFront(server.port);
	const webkit = await startWebkit();
	try {
		await webkit.go(`${front.origin}/app/start/letter#${letter.code}`);
		expect(await webkit.run<string>(REDEEM, letter.bornOn)).toContain(letter.child);
		await server.stop();
		await front.stop();
		await webkit.newWindow();
		await webkit.go(`${front.origin}/app/timeline`);
		expect(await webkit.run<string>(TIMELINE)).toContain(letter.child);
	} finally {
		await webkit.quit();
		await server.kill();
		server.remove();
	}
});
