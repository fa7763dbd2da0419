"""Time expressions: found by the rules of the stage `times`, resolved to TIMEX3."""

from extract.mentions.times.find import find_times
from extract.mentions.times.line import CLASH, clash_message, time_line

__all__ = ["CLASH", "clash_message", "find_times", "time_line"]
