"""Knowledge as data: units, indicators, regions and the words that tell what a figure means.

>>> import lexicons
>>> lexicons.load().units.lookup("㎡").name
'平方米'
"""

from __future__ import annotations

from lexicons.errors import LexiconError
from lexicons.indicators import Indicator, Indicators
from lexicons.loader import Knowledge, Lexicons, load
from lexicons.units import Unit, Units

__all__ = ["Indicator", "Indicators", "Knowledge", "LexiconError", "Lexicons", "Unit", "Units", "load"]
