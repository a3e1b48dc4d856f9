"""Bytes in, Readings out: what one file says. Readers look; they never judge."""
