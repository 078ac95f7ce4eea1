"""The world: the ledger seen on a day, with what was public by a day."""

from knockon.world.resolve import State
from knockon.world.world import World

__all__ = ["State", "World"]
