"""Many articles in, records and errors out: workers, journal, resume. No article is lost, none is doubled."""

from extract.batch.job import run
from extract.batch.options import RunOptions, Summary, UsageError
from extract.batch.outcome import Pipeline

__all__ = ["Pipeline", "RunOptions", "Summary", "UsageError", "run"]
