import { isLanguage, languageOf, SOURCE } from '#i18n/languages.ts';
import type { ParamMatcher } from '@sveltejs/kit';

/** `/ur/help`: a language that people read, other than English, which has no prefix. */
export const match: ParamMatcher = (code) => code !== SOURCE && isLanguage(code) && !languageOf(code).pseudo;
