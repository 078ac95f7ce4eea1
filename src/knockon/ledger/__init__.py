"""The ledger: everything that was recorded, and in which order."""

from knockon.ledger.ledger import Ledger, Load

__all__ = ["Ledger", "Load"]
