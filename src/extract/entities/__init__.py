"""Coreference: which mentions are one person, one body, one country."""

from extract.entities.countries import has_office, is_vacant
from extract.entities.entity import Entities, Entity, key_of, shared_office
from extract.entities.linking import link_mentions
from extract.entities.roles import FORMER, Role, country_of

__all__ = [
    "FORMER",
    "Entities",
    "Entity",
    "Role",
    "country_of",
    "has_office",
    "is_vacant",
    "key_of",
    "link_mentions",
    "shared_office",
]
