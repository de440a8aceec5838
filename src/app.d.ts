declare global {
	namespace App {
		interface PageState {
			/** What My dates should open its form for: a kind of fact, or `bornOn`. Not in the address: it is about a child. */
			add?: string;
			/** The id of a fact that lacks a detail. */
			change?: string;
		}
	}
}

export {};
