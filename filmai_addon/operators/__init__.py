"""One file per verb. An operator takes a snapshot, makes a request, submits it, and reports."""
