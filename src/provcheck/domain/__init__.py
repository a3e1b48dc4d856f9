"""The words of provcheck: photos, claims, evidence, findings, report. Standard library only."""

VERSION = "0.1.0"
