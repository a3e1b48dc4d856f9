"""Thousands of photos, interrupted at will: a manifest in, a ledger that loses nothing, results as lines and table."""

from provcheck.jobs.batch.desk import Opener
from provcheck.jobs.batch.folder import apart
from provcheck.jobs.batch.ledger import Ledger, Standing, open_ledger
from provcheck.jobs.batch.plan import Plan, plan_of, stored_plan
from provcheck.jobs.batch.runner import Tick, here, run
from provcheck.jobs.batch.summary import leave

__all__ = ["Ledger", "Opener", "Plan", "Standing", "Tick", "apart", "here", "leave", "open_ledger", "plan_of", "run", "stored_plan"]
