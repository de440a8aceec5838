/** Left by src/lib/server/demo/staff.ts when this is a demo on this machine. */
export type DemoStaffDesk = {
	people: { id: string; name: string; groups: string[]; mfa: boolean }[];
	clientId: string;
	clientSecret: string;
	open: (issuer: string, origin: string) => string[];
};

/**
 * Starts the invented council's own sign-in on the next port, or any free one. Returns the lines to print; null in an
 * installation without development packages, where there is none.
 */
export async function openDemoStaff(
	desk: DemoStaffDesk,
	appPort: number
): Promise<{ lines: string[]; stop: () => Promise<void> } | null> {
	// Asked for only here: the provider is a development package, and the server must start without it.
	const found = await import('../demo-provider/start.ts').catch((problem: NodeJS.ErrnoException) => {
		if (problem.code === 'ERR_MODULE_NOT_FOUND') return null;
		throw problem;
	});
	if (!found) return null;
	const origins = [`http://localhost:${appPort}`, `http://127.0.0.1:${appPort}`];
	const { issuer, stop } = await found.startDemoProvider({
		port: appPort + 1,
		people: desk.people,
		clients: [
			{
				client_id: desk.clientId,
				client_secret: desk.clientSecret,
				redirect_uris: origins.map((origin) => `${origin}/sign-in/staff/callback`)
			}
		]
	});
	return { lines: desk.open(issuer, origins[0]!), stop };
}
