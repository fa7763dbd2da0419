"""Why a record says what it says, and why it does not say what it should."""

from extract.explain.explanation import explain
from extract.explain.page import write_page
from extract.explain.terminal import render
from extract.explain.why import why
from extract.explain.why_not import FieldError, why_not

__all__ = ["FieldError", "explain", "render", "why", "why_not", "write_page"]
