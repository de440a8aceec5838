declare global {
	namespace App {
		interface PageState {
			/** The kind of fact a form should start with. In the history entry, not in the address: it is about a child. */
			add?: string;
		}
	}
}

export {};
