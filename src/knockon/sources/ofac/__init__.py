"""OFAC's SDN and Non-SDN lists as CSV: rows, remarks, codes (data), kits of files, and the reader over them."""

from knockon.sources.ofac.reader import Ofac

__all__ = ["READER", "Ofac"]

READER = Ofac()
