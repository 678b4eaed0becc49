/** Everything that may be changed in the audit, one file each. */
import './mutations/close-finding.ts';
import './mutations/open-finding.ts';
import './mutations/reply-to-finding.ts';
