declare global {
	namespace App {
		interface Error {
			message: string;
			/** Why a sign-in or a staff page was refused: a word of a closed list, said by features/staff. */
			why?: string;
		}
		interface PageState {
			/** What My dates should open its form for: a kind of fact, or `bornOn`. Not in the address: it is about a child. */
			add?: string;
			/** The id of a fact that lacks a detail. */
			change?: string;
			/** The id of a line of the log that was begun on this page. */
			record?: string;
		}
	}
}

export {};
