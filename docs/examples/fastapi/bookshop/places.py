"""The place of a row in a list, as a token that a client gives back for the next page."""

from __future__ import annotations

import base64

from fastapi import HTTPException
from pydantic import TypeAdapter

from .generated import ListBooksPosition

_PLACE = TypeAdapter(ListBooksPosition)


def token_of(place: ListBooksPosition) -> str:
    """The token for a place."""
    return base64.urlsafe_b64encode(_PLACE.dump_json(place)).decode()


def place_of(token: str) -> ListBooksPosition:
    """The place of a token. Raises HTTPException if it is none."""
    try:
        return _PLACE.validate_json(base64.urlsafe_b64decode(token))
    except ValueError:
        raise HTTPException(422, "there is no such page") from None
