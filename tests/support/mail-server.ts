import { createServer, type Socket } from 'node:net';

/** A mail server: SMTP as RFC 5321 has it, as far as one sender and one reader need it. Keeps what it was given. */
export type MailServer = {
	url: string;
	mails: { to: string[]; text: string }[];
	/** The next unread mail to this address, whenever it comes. */
	next(to: string): Promise<{ to: string[]; text: string }>;
	/** From now on every recipient is refused. */
	refuse(): void;
	stop(): Promise<void>;
};

export async function startMailServer(): Promise<MailServer> {
	const mails: MailServer['mails'] = [];
	const unread = new Set<MailServer['mails'][number]>();
	const waiting = new Map<string, (mail: MailServer['mails'][number]) => void>();
	const open = new Set<Socket>();
	let refusing = false;
	const server = createServer((socket) => {
		open.add(socket);
		socket.on('close', () => open.delete(socket));
		let to: string[] = [];
		let rest = '';
		let body: string[] | null = null;
		const say = (text: string) => void socket.write(`${text}\r\n`);
		const line = (text: string) => {
			if (body) {
				if (text !== '.') return void body.push(text.replace(/^\./, ''));
				const mail = { to, text: body.join('\n') };
				body = null;
				to = [];
				mails.push(mail);
				const reader = waiting.get(mail.to[0]!);
				waiting.delete(mail.to[0]!);
				if (reader) reader(mail);
				else unread.add(mail);
				return say('250 kept');
			}
			if (/^EHLO|^HELO|^MAIL|^RSET/i.test(text)) return say('250 yes');
			if (/^RCPT/i.test(text)) {
				if (refusing) return say('550 nobody here');
				to.push(/<(.*)>/.exec(text)?.[1] ?? '');
				return say('250 yes');
			}
			if (/^DATA/i.test(text)) return ((body = []), say('354 go on'));
			if (/^QUIT/i.test(text)) return (say('221 bye'), void socket.end());
			return say('500 what');
		};
		socket.on('data', (chunk) => {
			const lines = (rest + chunk.toString('utf8')).split('\r\n');
			rest = lines.pop()!;
			lines.forEach(line);
		});
		say('220 here');
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = server.address();
	return {
		url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
		mails,
		next: (to) =>
			new Promise((resolve) => {
				const there = [...unread].find((mail) => mail.to[0] === to);
				if (!there) return void waiting.set(to, resolve);
				unread.delete(there);
				resolve(there);
			}),
		refuse: () => void (refusing = true),
		stop: () =>
			new Promise((resolve) => {
				for (const socket of open) socket.destroy();
				server.close(() => resolve());
			})
	};
}
