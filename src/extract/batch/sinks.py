"""Where a job writes: the output, the errors, and the journal that ties the two to the inputs read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from extract.batch.journal import Checkpoint, Journal, move_into_place, part_path
from extract.batch.options import RunOptions, UsageError
from extract.batch.outcome import Outcome
from extract.writers import Output, PartFile, Stream, packing_of


@dataclass(slots=True)
class Sinks:
    """`errors` None means that errors go to `tell`, a line each. `journal` None means a job without resume."""

    options: RunOptions
    output: Output
    errors: PartFile | None
    journal: Journal | None
    tell: Callable[[str], None]

    def write(self, outcome: Outcome) -> bool:
        """Write what became of one article; True where the job may resume after it."""
        if outcome.kind is None:
            self.output.write(outcome.lines)
        elif self.errors:
            self.errors.write(outcome.error)
        else:
            self.tell(outcome.notice)
        return self.output.end_item()

    def save(self, checkpoint: Checkpoint) -> None:
        """Bring all to the disk first, then say so in the journal."""
        self.output.sync()
        if self.errors:
            self.errors.sync()
        if self.journal:
            self.journal.save(checkpoint)

    def end(self) -> None:
        """Write out what still waits for more: after this, the sizes are final."""
        self.output.finish()
        if self.errors:
            self.errors.finish()

    def finish(self, done: Checkpoint) -> None:
        """Say in the journal that all is written, and move the files into place."""
        if self.journal:
            self.journal.save(done)
        settle(self.options, self.journal, done)

    def leave(self, checkpoint: Checkpoint) -> None:
        """Stop before the end: all is kept for a resume; without a journal, the errors so far are put into place."""
        self.save(checkpoint)
        if self.journal is None:
            settle(self.options, None, checkpoint)

    def close(self) -> None:
        self.output.close()
        if self.errors:
            self.errors.close()


def settle(options: RunOptions, journal: Journal | None, done: Checkpoint) -> None:
    """Move finished files into place; a second time, after a kill in between, does what was left undone."""
    if options.errors:
        _settle_file(options.errors, done.error_bytes)
    if not (journal and options.output):
        return
    part = part_path(options.output)
    if options.output.suffix.lower() == ".parquet":
        _settle_parquet(options.output, part, done.output_bytes)
    else:
        _settle_file(options.output, done.output_bytes)
    journal.remove()
    part.unlink(missing_ok=True)


def _settle_file(path: Path, size: int) -> None:
    part = part_path(path)
    # A part of another size is not this job's: the file was moved before the kill, and the lock made a new one.
    if part.exists() and part.stat().st_size == size:
        move_into_place(part, path)


def _settle_parquet(output: Path, part: Path, size: int) -> None:
    from extract.writers.parquet import write_parquet

    if part.exists() and part.stat().st_size == size:
        draft = output.with_name(f"{output.name}.new")
        write_parquet(part, draft)
        move_into_place(draft, output)


def is_regular(output: Path | None) -> bool:
    """Whether the output is a file that can be moved into place, not standard output, a pipe or a device."""
    return output is not None and str(output) != "-" and (output.is_file() or not output.exists())


def open_sinks(options: RunOptions, journal: Journal | None, start: Checkpoint, tell: Callable[[str], None]) -> Sinks:
    """Open for writing at a checkpoint, with everything behind it cut off. Raises UsageError where a part is lost."""
    output: Output
    if is_regular(options.output) and options.output:
        output = _open_part(options.output, start.output_bytes, packing_of(options.output))
    elif options.output and str(options.output) != "-":
        output = Stream(options.output.open("wb"))
    else:
        output = Stream(sys.stdout.buffer)
    errors = _open_part(options.errors, start.error_bytes) if options.errors else None
    return Sinks(options, output, errors, journal, tell)


def _open_part(path: Path, size: int, packing: str = "") -> PartFile:
    try:
        return PartFile(part_path(path), packing, size)
    except ValueError as error:
        raise UsageError(f"cannot resume: {error}. Run without --resume to start from the beginning") from None
