"""Photos seen before, with source, date and credit: kept, and searched by fingerprint."""
