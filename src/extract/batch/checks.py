"""What must hold before the first article is read; where it does not, nothing is run."""

from __future__ import annotations

from dataclasses import replace

from extract.batch.journal import Survey, survey_inputs
from extract.batch.options import RunOptions, UsageError
from extract.batch.sinks import is_regular


def check_options(options: RunOptions) -> RunOptions:
    """The options with what follows from others filled in. Raises UsageError for what cannot be meant."""
    if not options.inputs:
        raise UsageError("no input: name a file, a folder, a pattern, or - for standard input")
    if options.max_chars < 1 or (options.time_limit is not None and options.time_limit <= 0):
        raise UsageError("the size limit and the time limit must be greater than nothing")
    if options.workers is not None and options.workers < 0:
        raise UsageError("the number of workers must not be negative")
    for path in (options.output, options.errors, options.stats):
        if path and path.is_dir():
            raise UsageError(f"{path} is a folder, a file was expected")
    if options.resume and not is_regular(options.output):
        raise UsageError("only output to a file can be resumed: name one with -o")
    if options.output and options.output.suffix.lower() == ".parquet":
        options = replace(options, per="meeting")
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise UsageError("Parquet needs pyarrow: pip install 'meeting-extract[parquet]'") from None
    return options


def check_inputs(options: RunOptions) -> Survey:
    survey = survey_inputs(options)
    if survey.missing and not survey.files:
        raise UsageError(f"no such file or folder: {', '.join(options.inputs)}")
    if survey.clashes:
        raise UsageError(f"both input and output: {', '.join(survey.clashes)}")
    return survey
