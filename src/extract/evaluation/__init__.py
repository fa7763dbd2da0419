"""How near the records come to the truth: precision, recall and F1 a field and a language."""

from extract.evaluation.score import evaluate
from extract.evaluation.tally import FIELDS, Evaluation, Miss, Tally
from extract.evaluation.wording import Wording, load_wordings

__all__ = ["FIELDS", "Evaluation", "Miss", "Tally", "Wording", "evaluate", "load_wordings"]
