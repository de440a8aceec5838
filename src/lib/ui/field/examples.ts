import { shown } from '../example.ts';
import ChoiceLink from './ChoiceLink.svelte';
import DateField from './DateField.svelte';
import Picks from './Picks.svelte';
import SecretField from './SecretField.svelte';
import Select from './Select.svelte';
import Switch from './Switch.svelte';
import TextField from './TextField.svelte';

const today = '2025-04-10';
const options = [
	{ value: 'yes', label: 'They said yes', text: 'You have a letter' },
	{ value: 'no', label: 'They said no' },
	{ value: 'ur', label: 'اردو', text: 'Urdu', lang: 'ur', dir: 'rtl' }
];

export default [
	shown(TextField, {
		plain: { id: 'name', label: 'Your child’s first name', hint: 'Or a name only you use.' },
		wrong: { id: 'name', label: 'Your child’s first name', error: 'Type a name.' },
		long: { id: 'note', label: 'What was said', long: true },
		code: { id: 'code', label: 'The code on your letter', ltr: true, autocapitalize: 'characters' }
	}),
	shown(DateField, {
		empty: { id: 'on', legend: 'When did you ask?', today, notSure: true },
		given: { id: 'on', legend: 'When did you ask?', today, value: '2025-01-14' },
		wrong: { id: 'on', legend: 'When did you ask?', hint: 'The day the council got it.', today, show: true },
		birthday: { id: 'born', legend: 'Your child’s date of birth', today, shortcuts: false }
	}),
	shown(Picks, {
		one: { id: 'what', legend: 'What happened?', options, value: 'yes' },
		many: { id: 'which', legend: 'Who gave advice?', options, many: true, values: ['no'] },
		columns: { id: 'cols', legend: 'Language', options, columns: true },
		wrong: { id: 'bad', legend: 'What happened?', options, error: 'Choose what happened.' }
	}),
	shown(Select, {
		plain: { id: 'size', label: 'Which one?', options, empty: 'Choose' },
		grouped: {
			id: 'grouped',
			label: 'Which one?',
			groups: [{ label: 'Assessment', options }],
			error: 'Choose one.'
		}
	}),
	shown(SecretField, {
		numbers: { id: 'pin', label: 'Your numbers', numbers: true, value: '482915' },
		wrong: { id: 'pin', label: 'Your numbers', hint: 'At least 6.', error: 'Those numbers are not right.' }
	}),
	shown(Switch, {
		off: { label: 'Easy Read', text: 'Short sentences and bigger text.' },
		on: { label: 'Easy Read', checked: true }
	}),
	shown(
		ChoiceLink,
		{
			link: { href: '#letter', title: 'I have a letter', text: 'With a code from the council', icon: 'mail' },
			button: { title: 'I will type my dates' }
		},
		'choices'
	)
];
