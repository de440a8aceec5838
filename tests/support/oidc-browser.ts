import type { DemoProvider } from '../../scripts/demo-provider/start.ts';

/** Cookies of one person's browser at a provider: enough of a browser to sign in there. */
export class ProviderBrowser {
	readonly jar = new Map<string, string>();

	async ask(url: string, init: RequestInit = {}): Promise<Response> {
		const cookie = [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
		const answer = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } });
		for (const line of answer.headers.getSetCookie()) {
			const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
			if (name && value) this.jar.set(name, value);
			else if (name) this.jar.delete(name);
		}
		return answer;
	}

	/** From the authorization address to the callback that the provider sends the person to, as `who`. */
	async signIn({ issuer }: DemoProvider, go: string, who: string): Promise<string> {
		let answer = await this.ask(go);
		for (let steps = 0; steps < 8; steps++) {
			const to = answer.headers.get('location');
			if (to === null) throw new Error(`The provider stopped at ${answer.status}: ${await answer.text()}`);
			const next = new URL(to, issuer);
			if (next.origin !== issuer) return next.href;
			const page = next.pathname.startsWith('/choose/');
			if (page && !(await this.ask(next.href)).ok) throw new Error('No choice page');
			answer = page
				? await this.ask(next.href, { method: 'POST', body: new URLSearchParams({ who }) })
				: await this.ask(next.href);
		}
		throw new Error('The provider went round in circles.');
	}
}
