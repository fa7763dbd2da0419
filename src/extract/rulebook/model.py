"""What a rule file may hold, in pydantic; `extract schema rules` is generated from it."""

from __future__ import annotations

from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema, model_validator


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


_TEXT = {"type": "string"}
Listed = Annotated[
    tuple[str, ...],
    BeforeValidator(_listed),
    WithJsonSchema({"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}),
]
Setting = str | int | float | bool | None
_TOKENS = {"type": "array", "items": {"type": "object"}, "minItems": 1}


def _several(value: Any) -> Any:
    return [value] if isinstance(value, list) and any(isinstance(each, dict) for each in value) else value


TokenPatterns = Annotated[
    tuple[tuple[dict[str, Any], ...], ...],
    BeforeValidator(_several),
    WithJsonSchema({"anyOf": [_TOKENS, {"type": "array", "items": _TOKENS}]}),
]


class Strict(BaseModel):
    """Frozen; an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rule(Strict):
    """One way of saying something."""

    id: str = Field(pattern=r"^[a-z]{2,3}(\.[a-z0-9_]+){2,}$", description="Sayable id: language.file.name")
    about: str = Field(min_length=1, description="One line: what the rule is for")
    finds: str = Field(default="", description="The kind of mention that a match becomes; by default that of the file")
    pattern: Listed = Field(default=(), description="One pattern, or several that mean the same")
    token_pattern: TokenPatterns = Field(default=(), description="spaCy token patterns, each with slots of ours")
    set: dict[str, Setting | list[str]] = Field(default_factory=dict, description="What a match means")
    priority: int = Field(default=0, description="Of overlapping matches the higher wins, then the longer")
    matches: Listed = Field(default=(), description="Sentences that it must find, the found words *starred*")
    rejects: Listed = Field(default=(), description="Sentences in which it must find nothing")
    todo: Listed = Field(default=(), description="Known misses; they do not fail")

    @model_validator(mode="after")
    def _finds_something(self) -> Self:
        if not self.pattern and not self.token_pattern:
            raise ValueError("a rule needs a pattern or a token_pattern")
        return self


class Entry(BaseModel):
    """Words of the lexicon that mean the same; further keys say what."""

    model_config = ConfigDict(frozen=True, extra="allow")

    names: Listed = Field(min_length=1)
    plurals: Listed = Field(default=(), description="Names for several of the kind")
    id: str | None = None


class RuleFile(Strict):
    """One file under rules/<language>/."""

    about: str = Field(min_length=1, description="One line: what the file holds")
    words: dict[str, Listed] = Field(default_factory=dict, description="Word classes: each entry a word or a pattern")
    lexicon: dict[str, list[Entry]] = Field(default_factory=dict, description="Names by kind of mention")
    settings: dict[str, Any] = Field(default_factory=dict, description="Plain data that a stage reads by name")
    rules: tuple[Rule, ...] = ()
    disable: Listed = Field(default=(), description="Ids of rules of the folders below that shall not run")
