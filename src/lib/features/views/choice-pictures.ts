import type { PictureName } from '#ui/icon/pictures.ts';

/** One picture for each choice, whatever form asks it. A choice without one would be words alone, so the test looks for it. */
export const PICTURE_FOR: Readonly<Record<string, PictureName>> = {
	...{ yes: 'check', partly: 'equal', no: 'x', 'not-sure': 'circle-question-mark' },
	...{ happy: 'face-grinning', calm: 'face-slightly-smiling', okay: 'face-neutral' },
	...{ worried: 'face-expressionless', sad: 'face-slightly-frowning', cross: 'face-angry', tired: 'moon' },
	...{ quiet: 'volume-x', headphones: 'headphones', break: 'pause', moving: 'bike', person: 'hand-heart' },
	...{ pictures: 'images', time: 'hourglass', knowing: 'calendar', 'my-things': 'puzzle' },
	...{ family: 'heart', friends: 'users', teacher: 'school', helper: 'hand-heart', doctor: 'stethoscope' },
	...{ pet: 'dog', 'no-one': 'circle-slash', noise: 'volume-2', light: 'lamp', people: 'users' },
	...{ change: 'shuffle', waiting: 'hourglass', talking: 'message-circle', reading: 'book-open' },
	...{ writing: 'pencil', food: 'utensils', sleep: 'moon', journey: 'bus', home: 'house', bed: 'bed' },
	...{ outside: 'trees', water: 'waves-horizontal', school: 'school', 'quiet-room': 'door-closed' },
	...{ car: 'car', screen: 'tablet' }
};
