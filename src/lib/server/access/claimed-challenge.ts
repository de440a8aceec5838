/** The challenge that a ceremony says it answered (base64url), or null when it is not readable. Proves nothing by itself. */
export function claimedChallenge(clientDataJSON: string): string | null {
	try {
		const said: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8'));
		const challenge = (said as { challenge?: unknown } | null)?.challenge;
		return typeof challenge === 'string' ? challenge : null;
	} catch {
		return null;
	}
}
