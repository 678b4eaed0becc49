/** What coverage says as statistics: rates, gaps, contributions, ranks and flows; defines nothing itself. */
import './changes.ts';
import './coverage-fields.ts';
import './flow-queries.ts';
import './gaps.ts';
import './ranks.ts';
import './rules.ts';
