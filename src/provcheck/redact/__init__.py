"""Bytes and boxes in, publishable bytes out, with the test that looks for what was removed."""
