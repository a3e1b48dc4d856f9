"""One photo or many: every photo is decoded in a limited child process."""
