/** Everything that may be changed in the register, one file each. */
import './mutations/amend-agreement.ts';
import './mutations/approve-agreement.ts';
import './mutations/approve-registration.ts';
import './mutations/draft-agreement.ts';
import './mutations/end-agreement.ts';
import './mutations/end-registration.ts';
import './mutations/narrow-agreement.ts';
import './mutations/propose-agreement.ts';
import './mutations/register-agency.ts';
import './mutations/register-application.ts';
import './mutations/register-issuer.ts';
import './mutations/reject-agreement.ts';
import './mutations/resume-agreement.ts';
import './mutations/resume-registration.ts';
import './mutations/suspend-agreement.ts';
import './mutations/suspend-registration.ts';
