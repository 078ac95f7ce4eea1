"""knockon: a sanction lands; what does it knock on to?"""

__version__ = "0.1.0"
