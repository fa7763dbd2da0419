"""Records to files: JSON lines, packed or not, and Parquet; the same records give the same bytes."""

from __future__ import annotations

from extract.writers.lines import Per, keep_text, record_lines
from extract.writers.output import Output, PartFile, Stream, packing_of

__all__ = ["Output", "PartFile", "Per", "Stream", "keep_text", "packing_of", "record_lines"]
