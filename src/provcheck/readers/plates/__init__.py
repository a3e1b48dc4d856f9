"""Number plates: regions found, straightened and, where possible, read."""
