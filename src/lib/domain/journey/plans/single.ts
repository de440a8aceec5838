import { type Scene, type TrackPlan, isOpen } from '../plan.ts';
import { first, has, last } from '../span.ts';

/** Ended once nothing the rules say about it is open any more: nobody records the answer to such a request. */
const allPassed = ({ milestones }: Scene): string | undefined => {
	const dues = milestones.flatMap((m) => (m.due === undefined ? [] : [m.due])).sort();
	return milestones.length > 0 && !milestones.some(isOpen) ? dues.at(-1) : undefined;
};

export const MOVE: TrackPlan = {
	steps: [
		{
			key: 'move.known',
			facts: ['area.move-known'],
			doneBy: ['area.move-known'],
			rules: [],
			holder: 'family',
			shown: ({ span }) => has(span, 'area.move-known')
		},
		{
			key: 'move.moved',
			facts: ['area.moved'],
			doneBy: ['area.moved'],
			rules: ['MOVE-DAY', 'MOVE-15WD'],
			holder: 'old-council'
		},
		{ key: 'move.plans', facts: [], doneBy: [], rules: ['MOVE-6W'], holder: 'new-council' },
		{ key: 'move.review', facts: [], doneBy: [], rules: ['MOVE-REVIEW'], holder: 'new-council' }
	],
	end: ({ span, milestones }) => {
		const moved = last(span, 'area.moved');
		const said = milestones.filter((m) => m.rule === 'MOVE-6W' || m.rule === 'MOVE-REVIEW');
		return moved && said.length > 0 && !said.some(isOpen) ? { stage: 'move.done', on: moved.on } : undefined;
	}
};

export const COMPLAINT: TrackPlan = {
	steps: [
		{
			key: 'complaint.problem',
			facts: ['problem.known'],
			doneBy: ['problem.known'],
			rules: [],
			holder: 'family',
			shown: ({ span }) => has(span, 'problem.known')
		},
		{
			key: 'complaint.made',
			facts: ['complaint.made'],
			doneBy: ['complaint.made'],
			rules: ['CO-LGSCO-12M', 'CO-JR-3M', 'TRIB-DDA-6M'],
			holder: 'family'
		},
		{
			key: 'complaint.acknowledged',
			facts: ['complaint.acknowledged'],
			doneBy: ['complaint.acknowledged'],
			rules: ['CO-CODE'],
			holder: 'council',
			shown: ({ span }) => !has(span, 'problem.known') && /^council/.test(span.about ?? '')
		},
		{
			key: 'complaint.answered',
			facts: ['complaint.answered'],
			doneBy: ['complaint.answered'],
			rules: [
				'CO-BCC-15WD',
				'CO-BCC-REVIEW-20WD',
				'CO-CODE-S1',
				'CO-CODE-S2',
				'CO-CHILD-S1',
				'CO-CHILD-S2',
				'CO-CHILD-S3',
				'CO-CHILD-S3-REPORT-5WD',
				'CO-CHILD-S3-ANSWER-15WD'
			],
			holder: 'council',
			shown: ({ span }) => !has(span, 'problem.known')
		}
	],
	end: (scene) => {
		const answered = last(scene.span, 'complaint.answered');
		if (answered) return { stage: 'complaint.closed', on: answered.on };
		const passed = has(scene.span, 'problem.known') ? allPassed(scene) : undefined;
		return passed === undefined ? undefined : { stage: 'complaint.closed', on: passed };
	}
};

export const REFERRAL: TrackPlan = {
	steps: [
		{
			key: 'referral.made',
			facts: ['referral.made'],
			doneBy: ['referral.made'],
			rules: [],
			holder: 'health-body'
		},
		{
			key: 'referral.accepted',
			facts: ['referral.accepted'],
			doneBy: ['referral.accepted'],
			rules: [],
			holder: 'health-body'
		},
		{
			key: 'referral.appointment',
			facts: ['appointment.booked', 'appointment.attended'],
			doneBy: ['appointment.attended'],
			rules: [],
			holder: 'health-body'
		},
		{
			key: 'referral.started',
			facts: ['therapy.started', 'therapy.discharged'],
			doneBy: ['therapy.started', 'therapy.discharged'],
			rules: ['HE-18W'],
			holder: 'health-body'
		}
	],
	end: ({ span }) => {
		const done = last(span, 'therapy.discharged');
		if (done) return { stage: 'referral.ended', on: done.on };
		const started = first(span, 'therapy.started');
		return started && { stage: 'referral.underway', on: started.on };
	}
};

export const RECORDS: TrackPlan = {
	steps: [
		{
			key: 'records.requested',
			facts: ['records.requested'],
			doneBy: ['records.requested'],
			rules: [],
			holder: 'family'
		},
		{
			key: 'records.answer',
			facts: [],
			doneBy: [],
			rules: ['INFO-SAR-1M', 'INFO-FOI-20WD'],
			holder: 'council'
		}
	],
	end: (scene) => {
		const on = allPassed(scene);
		return on === undefined ? undefined : { stage: 'records.passed', on };
	}
};

export const CARE: TrackPlan = {
	steps: [
		{
			key: 'care.referred',
			facts: ['care.referred'],
			doneBy: ['care.referred'],
			rules: [],
			holder: 'family'
		},
		{
			key: 'care.decision',
			facts: [],
			doneBy: [],
			rules: ['SC-1WD'],
			holder: 'council',
			doneWithout: ({ milestones }) =>
				milestones.find((m) => m.rule === 'SC-1WD' && m.state === 'passed')?.due
		},
		{ key: 'care.assessment', facts: [], doneBy: [], rules: ['SC-45WD'], holder: 'council' }
	],
	end: (scene) => {
		const on = allPassed(scene);
		return on === undefined ? undefined : { stage: 'care.passed', on };
	}
};
