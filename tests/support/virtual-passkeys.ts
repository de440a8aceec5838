import type { CDPSession, Page } from '@playwright/test';

/** A phone's own authenticator, with PRF, as Chromium plays it. It lives as long as the page. */
export class VirtualPasskeys {
	readonly #session: CDPSession;
	readonly #id: string;

	private constructor(session: CDPSession, id: string) {
		this.#session = session;
		this.#id = id;
	}

	static async on(page: Page): Promise<VirtualPasskeys> {
		const session = await page.context().newCDPSession(page);
		await session.send('WebAuthn.enable');
		const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
			options: {
				protocol: 'ctap2',
				ctap2Version: 'ctap2_1',
				transport: 'internal',
				hasResidentKey: true,
				hasUserVerification: true,
				hasPrf: true,
				automaticPresenceSimulation: true,
				isUserVerified: true
			}
		});
		return new VirtualPasskeys(session, authenticatorId);
	}

	async all() {
		const { credentials } = await this.#session.send('WebAuthn.getCredentials', {
			authenticatorId: this.#id
		});
		return credentials;
	}

	/** What a platform does that copies passkeys to the person's other devices. */
	async copyTo(other: VirtualPasskeys): Promise<void> {
		for (const credential of await this.all())
			await other.#session.send('WebAuthn.addCredential', { authenticatorId: other.#id, credential });
	}

	/** From now on no finger matches. */
	async refuse(): Promise<void> {
		await this.#session.send('WebAuthn.setUserVerified', {
			authenticatorId: this.#id,
			isUserVerified: false
		});
	}
}
