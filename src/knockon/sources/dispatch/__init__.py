"""The reader of dispatches: ``decode`` bytes, then ``read`` the text with the names it is handed."""

from __future__ import annotations

from knockon.sources.dispatch.clean import decode
from knockon.sources.dispatch.names import Names
from knockon.sources.dispatch.read import read

__all__ = ["Names", "decode", "read"]
