import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { createServer, type Server } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * An https front before the app, as a council's proxy would be: WebKitGTK drops `Secure` cookies on plain http://localhost
 * (reference: stack §11). The certificate is made here and lives as long as the test.
 */
export async function startTlsFront(appPort: number): Promise<{ origin: string; stop: () => Promise<void> }> {
	const folder = mkdtempSync(join(tmpdir(), 'alongside-tls-'));
	const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
	execFileSync(
		'openssl',
		[
			'req',
			'-x509',
			'-newkey',
			'ec',
			'-pkeyopt',
			'ec_paramgen_curve:prime256v1',
			'-nodes',
			'-days',
			'2',
			'-subj',
			'/CN=localhost',
			'-addext',
			'subjectAltName=DNS:localhost',
			'-keyout',
			key,
			'-out',
			cert
		],
		{ stdio: 'ignore' }
	);
	const server: Server = createServer(
		{ key: readFileSync(key), cert: readFileSync(cert) },
		(incoming, outgoing) => {
			const headers = {
				...incoming.headers,
				'x-forwarded-proto': 'https',
				'x-forwarded-host': incoming.headers.host ?? ''
			};
			const onward = request(
				{ host: '127.0.0.1', port: appPort, path: incoming.url, method: incoming.method, headers },
				(answer) => {
					outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
					answer.pipe(outgoing);
				}
			);
			// The app is stopped on purpose in these tests: to the browser the whole server is gone.
			onward.on('error', () => outgoing.destroy());
			incoming.pipe(onward);
		}
	);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	const port = typeof address === 'object' && address ? address.port : 0;
	return {
		origin: `https://localhost:${port}`,
		stop: () =>
			new Promise((resolve) => {
				server.closeAllConnections();
				server.close(() => (rmSync(folder, { recursive: true, force: true }), resolve()));
			})
	};
}
