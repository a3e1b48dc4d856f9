"""The words of provcheck: photos, claims, evidence, findings, report. Standard library only."""
