/** Why a sign-in ended without one, and the status its page is sent with. Nothing more is told: a provider's words stay out. */
const STATUS = {
	/** Another browser, an old page, a second use: begin again. */
	expired: 400,
	/** The provider's answer does not hold. */
	unsound: 400,
	/** The person said no over there, or the provider did. */
	cancelled: 403,
	/** Signed in over there without a second step. */
	weak: 403,
	/** Known over there, but in no group that may open anything here. */
	'no-role': 403,
	/** No account is opened by this identity: a letter comes first. */
	unknown: 403,
	/** This identity opens somebody else's account. */
	taken: 409,
	/** The phone holds somebody else's dates. */
	other: 409,
	/** Adding a way in needs the session that asked for it. */
	'signed-out': 401,
	busy: 429,
	unreachable: 503,
	/** No such provider here. */
	missing: 404
} as const;

export type SignInRefusal = keyof typeof STATUS;

/** Thrown by a sign-in; the page says it in words (features/staff). */
export class SignInRefused extends Error {
	readonly why: SignInRefusal;
	readonly status: number;
	constructor(why: SignInRefusal) {
		super(why);
		this.why = why;
		this.status = STATUS[why];
	}
}
