"""Photos seen before, with source, date and credit: kept, and searched by fingerprint."""

from provcheck.archive.entry import Added, Entry
from provcheck.archive.opening import create_archive, open_archive
from provcheck.archive.search import search_archives, search_parts
from provcheck.archive.verbs import Archive

__all__ = ["Added", "Archive", "Entry", "create_archive", "open_archive", "search_archives", "search_parts"]
