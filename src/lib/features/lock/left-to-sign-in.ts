/** The person left the lock screen to sign in: when they are back it opens by that, without another tap. For this page only. */
export const leftToSignIn = { yes: false };
