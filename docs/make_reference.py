"""Writes the two reference pages that say for people what a table says for the program: vocabulary.md and units.md.

Run it after a change of predicates.toml, types.toml or units.toml: ``python docs/make_reference.py``. A test compares.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

DOCS = Path(__file__).parent
MODEL = DOCS.parent / "src" / "knockon" / "model"

VOCABULARY = """# Vocabulary

Every predicate that a claim may use. The program reads them from `model/predicates.toml`; this page says the same for
people and is made by `docs/make_reference.py`. A claim with another predicate, another qualifier or a wrong unit is an
[error](errors.md).

| word | meaning |
|---|---|
| kind | `state` holds from a start to an end · `flow` is an amount in a period · `event` happened on a day · `act` happened and counts only from a competent speaker · `observation` is what one edition of a list shows; when a listing began and ended is derived from editions · `name` is about names and identity, governed by `at` alone (R2) |
| from → to | types of the subject and of the object; "any" takes all, "none" means that there is no object |
| value | a kind of number ([units](units.md)), text, or none; "optional" may be left out |
| slot | what competes with what: claims equal in these fields are about the same thing, and conflict or agree (R15, R16) |
| qualifiers | the keys that may be given |
| competent | only the own word of the subject, or of the issuer of the licence, or of one who speaks for them, makes it so (R16) |
| stale after | days after which the newest statement is marked stale (R25) |
| inverse | the words when read from the object |
| FollowTheMoney | the schema or property it corresponds to |

Types are claims too and may come later than the claims that use them, so a load does not check them. The object of a
flow or an event may be left out. In a slot, `stake` is the label of one stake told with several holders
or numbers, and the holder where there is no label; `votes` sets voting rights apart from capital, which is not marked; `day` is the start as said; `period` is start and end as said.
"""

TYPES = """## Types

What an entity is, said by an `is_a` claim. "Counts as" is what it may stand for where the vocabulary names a wider type.
"Weight" is whose word goes first where values conflict (R16); a speaker without a type has the last.

| type | counts as | weight |
|---|---|---|
"""

UNITS = """# Units

One table, `model/units.toml`, holds every unit; this page is made from it by `docs/make_reference.py`. A number is kept
as it was said, with the digits that were printed; an answer shows the unit that was said beside a converted one.

| unit | means | dimension | in the dimension's base unit |
|---|---|---|---|
"""

NUMBERS = """
Units of one dimension convert exactly. Between tonnes and barrels of crude there is no exact number: such a figure is
converted at **{barrels_per_tonne} barrels a tonne** and {days_per_year} days a year, and says so. Source of the factor:
{source}. Every other pair is refused:

```python
>>> from decimal import Decimal
>>> from knockon.model.vocabulary import convert
>>> convert(Decimal(2), "bcm", "mcm")
Decimal('2000')
>>> round(convert(Decimal(73), "Mt/y", "kb/d"))
1466
>>> convert(Decimal(1), "bcm", "Mt")
Traceback (most recent call last):
    ...
knockon.errors.Refused: bcm (gas volume) cannot be turned into Mt (mass)

```

The table also holds the factor of oil equivalent, {boe_per_tcm} thousand barrels to one bcm of gas. No answer uses it yet.

## Numbers

| written | means |
|---|---|
| `13.5 %` | this number at the precision printed: it agrees with 13 % |
| `~46.3 Mt` | "about": a whole unit of the last printed digit to either side |
| `>80 %`, `>=50 %` | more than, at least |
| `<30 bnUSD`, `<=8 bcm/y` | less than, at most |
| `2..4 bnUSD` | from 2 to 4, both ends included |

A blank stands between number and unit. Decimals have a point, thousands have no mark. Numbers are exact: no float is
ever made of one.

## Kinds of values

A predicate of the [vocabulary](vocabulary.md) names a kind of value, and takes any unit of these dimensions:

| kind | dimensions |
|---|---|
"""

MEANS = {
    "%": "percent",
    "t": "tonnes",
    "kt": "thousand tonnes",
    "Mt": "million tonnes",
    "bbl": "barrels",
    "kbbl": "thousand barrels",
    "Mbbl": "million barrels",
    "boe": "barrels of oil equivalent",
    "Mboe": "million barrels of oil equivalent",
    "m3": "cubic metres",
    "mcm": "million cubic metres",
    "bcm": "billion cubic metres",
    "t/y": "tonnes a year",
    "kt/d": "thousand tonnes a day",
    "Mt/month": "million tonnes a month",
    "Mt/y": "million tonnes a year",
    "bbl/d": "barrels a day",
    "kb/d": "thousand barrels a day",
    "Mb/d": "million barrels a day",
    "m3/h": "cubic metres an hour",
    "mcm/d": "million cubic metres a day",
    "bcm/y": "billion cubic metres a year",
    "USD": "US dollars",
    "mnUSD": "million US dollars",
    "bnUSD": "billion US dollars",
    "EUR": "euro",
    "bnEUR": "billion euro",
    "km": "kilometres",
    "entities": "a count of entities",
    "days": "days",
}
RANKS = ("act or register", "operator or company", "statistics", "press and others")


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((MODEL / name).read_text("utf-8"))


def _sections(text: str) -> dict[str, str]:
    """The heading in predicates.toml under which each predicate stands."""
    found, heading = {}, ""
    for line in text.splitlines():
        if rule := re.match(r"# -{5,} ([^:(]+)", line):
            heading = rule[1].strip().capitalize()
        elif word := re.match(r"\[(\w+)\]", line):
            found[word[1]] = heading
    return found


def _rows(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    value = row["value"]
    yield "kind", f"`{row['kind']}`"
    yield "from → to", f"{', '.join(row['subject'].split())} → {', '.join(row['object'].split()) or 'none'}"
    yield "value", (f"`{value.removesuffix('?')}`" + (", optional" if value.endswith("?") else "")) if value else "none"
    yield "slot", ", ".join(f"`{name}`" for name in row["slot"])
    yield "qualifiers", ", ".join(f"`{name}`" for name in row["qualifiers"]) or "none"
    if row.get("competent"):
        yield "competent", f"the {row['competent']}"
    yield "stale after", f"{row['stale']} days" if row["stale"] else "never"
    yield "inverse", row["inverse"] or "none"
    yield "FollowTheMoney", f"`{row['ftm']}`" if row["ftm"] else "none"


def vocabulary_page() -> str:
    """docs/reference/vocabulary.md."""
    under = _sections((MODEL / "predicates.toml").read_text("utf-8"))
    parts, heading = [VOCABULARY], ""
    for name, row in _table("predicates.toml").items():
        if under[name] != heading:
            heading = under[name]
            parts.append(f"## {heading}\n")
        says = re.sub(r"\{(\w+)\}", r"*\1*", row["says"])
        lines = ["| | |", "|---|---|", *(f"| {head} | {cell} |" for head, cell in _rows(row))]
        parts.append("\n".join([f"### {name}", "", says, "", *lines, ""]))
    rows = []
    for name, row in _table("types.toml")["types"].items():
        wider = ", ".join(x for x in row["is"] if x not in (name, "any")) or "itself"
        rows.append(f"| `{name}` | {wider} | {row['rank']}: {RANKS[row['rank']]} |")
    return "\n".join([*parts, TYPES + "\n".join(rows)]) + "\n"


def units_page() -> str:
    """docs/reference/units.md."""
    table = _table("units.toml")
    units = [f"| `{n}` | {MEANS[n]} | {row['dimension']} | {row['factor']} |" for n, row in table["units"].items()]
    kinds = [f"| `{name}` | {', '.join(dimensions)} |" for name, dimensions in table["kinds"].items()]
    return UNITS + "\n".join(units) + "\n" + NUMBERS.format(**table["crude"]) + "\n".join(kinds) + "\n"


PAGES = {"reference/vocabulary.md": vocabulary_page, "reference/units.md": units_page}

if __name__ == "__main__":
    for path, page in PAGES.items():
        (DOCS / path).write_text(page(), "utf-8")
