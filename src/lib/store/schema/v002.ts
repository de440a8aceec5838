import { PROFILE_V1, type SealedRowV1 } from './v001.ts';

/** Version 2, frozen: beside the rows, what waits to be sent. */
export const PROFILE_V2 = { ...PROFILE_V1, outbox: 'mid,seq' } as const;

/** Sealed to the server's key; the phone itself cannot open it. */
export type EnvelopeV2 = { v: 1; kid: string; epk: string; iv: string; ct: string };
export type ReceiptV2 = { no: string; at: string; sha256: string };

/** The answer to a mutation. `code`: why it was refused. `answeredAt`: ISO instant. */
export type AckV2 = {
	status: 'done' | 'rejected';
	answeredAt: string;
	code?: string;
	ver?: number;
	receipt?: ReceiptV2;
};

/** A change on its way to the server. Its words exist only in `own` and `envelope`; the rest is in clear, so that a locked phone can send. */
export type OutboxRowV2 = {
	/** UUIDv7. What it is known by, whatever its number. */
	mid: string;
	/** Counts this device's mutations from 1. Below 1: written under an earlier device id, and answered. */
	seq: number;
	scope: string;
	name: string;
	/** ISO instant on this phone's clock. */
	at: string;
	/** It was part of a request. */
	offered: boolean;
	/** `{ sv, args }` for this phone: a row of `user:{profile}`, type `outbox`, id `mid`, its version the number it was written under. */
	own: SealedRowV1;
	/** The same for the server, bound to mid, seq, scope and name. None: no key of the server was known. */
	envelope?: EnvelopeV2;
	ack?: AckV2;
	/** A receipt given before the server lost its memory of it. */
	receipt?: ReceiptV2;
};
