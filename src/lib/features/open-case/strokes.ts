/** A line of a drawing, in the paper's own pixels. */
export type Stroke = { pen: string; points: { x: number; y: number }[] };

/** In proportion to paper; enough for a child's drawing, and about 100 kB. */
export const PAPER = { width: 1000, height: 750 } as const;
const THICK = 9;

/** Where a finger is on the paper, however large it is shown. */
export const onPaper = (
	event: { clientX: number; clientY: number },
	box: Pick<DOMRect, 'left' | 'top' | 'width' | 'height'>
) => ({
	x: ((event.clientX - box.left) / box.width) * PAPER.width,
	y: ((event.clientY - box.top) / box.height) * PAPER.height
});

/** The whole drawing anew: short enough to do at each move, and undo needs nothing else. */
export function drawAll(pen: CanvasRenderingContext2D, strokes: readonly Stroke[]): void {
	pen.fillStyle = '#ffffff';
	pen.fillRect(0, 0, PAPER.width, PAPER.height);
	pen.lineCap = 'round';
	pen.lineJoin = 'round';
	pen.lineWidth = THICK;
	for (const { pen: colour, points } of strokes) {
		const [first, ...rest] = points;
		if (!first) continue;
		pen.strokeStyle = colour;
		pen.beginPath();
		pen.moveTo(first.x, first.y);
		// A tap is a dot.
		for (const { x, y } of rest.length ? rest : [first]) pen.lineTo(x, y);
		pen.stroke();
	}
}
