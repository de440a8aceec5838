import { isIP } from 'node:net';

/** An IPv4 /24 or an IPv6 /48, from what `addressOf` gives (an IPv4 address, or the four groups of an IPv6 /64). */
export function truncatedAddress(address: string): string | null {
	if (isIP(address) === 4) return `${address.split('.').slice(0, 3).join('.')}.0/24`;
	const groups = address.split(':');
	if (groups.length < 3 || !groups.every((group) => /^[0-9a-f]{0,4}$/i.test(group))) return null;
	return `${groups
		.slice(0, 3)
		.map((group) => group || '0')
		.join(':')}::/48`;
}
