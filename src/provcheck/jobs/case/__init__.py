"""A case on disk: originals that are never changed, a log of what was done, notes and reports. It is a BagIt bag."""
