import * as z from 'zod/mini';
import { signInPlace } from './sign-in.ts';

/** Digits in a mailed code. With five tries in ten minutes a guess is right once in 20 million. */
export const MAIL_CODE_DIGITS = 8;

/** 254: the longest address that mail can carry (RFC 5321). Whether it exists is found out by writing to it. */
const address = z.string().check(z.maxLength(254), z.regex(/^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+\.[^\s@\p{Cc}]+$/u));
const code = z.string().check(z.regex(/^\d{8}$/));

/** POST /api/mail-code/send: always the same answer, whether anybody has the address or not. */
export const mailCodeSend = z.object({ address });
/** POST /api/mail-code/sign-in. */
export const mailCodeSignIn = z.object({ ...signInPlace, code });
/** POST /api/mail-code/address, then /confirm: the address of a signed-in person. */
export const mailCodeAddress = z.object({ address });
export const mailCodeConfirm = z.object({ code });
