// Starts the behaviour of GOV.UK components; every page works without it.
import { initAll } from '/static/vendor/govuk-frontend-6.3.0/govuk-frontend.min.js';

import('/static/js/upload.js');

initAll();
