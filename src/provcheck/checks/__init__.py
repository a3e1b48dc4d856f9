"""Questions put to each exhibit of a case: one file per question."""
