/** The steps of events and of unions' presences, each in its file. */
import './mutations/claim-union-presence.ts';
import './mutations/confirm-debt-event.ts';
import './mutations/confirm-union-presence.ts';
import './mutations/correct-debt-event.ts';
import './mutations/decline-inspection.ts';
import './mutations/end-union-presence.ts';
import './mutations/plan-debt-event.ts';
import './mutations/propose-inspection.ts';
import './mutations/record-debt-event.ts';
import './mutations/record-promise.ts';
import './mutations/refuse-union-presence.ts';
import './mutations/revoke-debt-event.ts';
