"""Walks a file's containers and hands out its metadata blocks, without decoding a pixel."""

from provcheck.readers.container.blocks import Block, Container, Kind
from provcheck.readers.container.walk import walk

__all__ = ["Block", "Container", "Kind", "walk"]
