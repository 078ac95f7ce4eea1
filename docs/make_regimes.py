"""Writes docs/law/rules.md: every rule record for people, with what was read at its source and what was not.

Run it after a change of regimes.toml: ``python docs/make_regimes.py``. A test compares.
"""

from __future__ import annotations

from pathlib import Path

from knockon.analyses.effect import EVERY
from knockon.analyses.regimes import Rule, _rules, measures
from knockon.views.words import words

PAGE = Path(__file__).parent / "law" / "rules.md"

HEAD = """# The rule records

Made from `analyses/regimes.toml` and `analyses/measures.toml` by `docs/make_regimes.py`; the program reads nothing else to judge. One record an
authority, measure and period. **Not verified** says that the record was taken from a summary and not compared with the legal text: every
answer that uses it says so too. It is not legal advice; a correction is a change of one record, with its source.

What the fields mean stands at the top of `regimes.toml`; how they are applied, in the [status words](../reference/statuses.md#the-rules).
"""


def page() -> str:
    """The page as Markdown."""
    told = words("en")
    parts = [HEAD, "| authority | records | of them verified |\n|---|---:|---:|"]
    for authority in EVERY:
        mine = [r for r in _rules() if r.authority == authority]
        parts.append(f"| {authority} | {len(mine)} | {sum(r.verified for r in mine)} |")
    parts.append("\n## Measures\n\n| measure | status word of the listed | freezes | what it does |\n|---|---|---|---|")
    parts += [
        f"| {told.word('measure', n)} | {m.word} | {'yes' if m.freezes else 'no'} | {m.says} |"
        for n, m in measures().items()
    ]
    for authority in EVERY:
        parts.append(f"\n## {authority}\n")
        parts += [_record(r) for r in _rules() if r.authority == authority]
    return "\n".join(parts).rstrip() + "\n"


def _record(rule: Rule) -> str:
    number = format(rule.threshold.normalize(), "f")
    until = f"until {rule.valid_to}" if rule.valid_to else "no end"
    rows = [
        ("in force", f"from {rule.valid_from}, {until}"),
        ("measures", ", ".join(rule.measures)),
        ("threshold", f"{'more than' if rule.strict else 'at least'} {number} %"),
        (
            "what counts",
            {"shares": "capital", "votes": "votes", "either": "capital, or votes; never added to each other"}[
                rule.basis
            ],
        ),
        (
            "several listed parties",
            "added"
            if rule.aggregate == "all"
            else "one run each" + ("; joint arrangements count as one" if rule.joint else ""),
        ),
        ("control", f"counts: {rule.control_test}" if rule.control else "does not count"),
        ("can be rebutted", ", ".join(rule.rebuttable) or "nothing"),
        ("chain", rule.chain),
        ("reaches only outside", rule.outside or "–"),
        ("unsettled", ", ".join(rule.unsettled) or "–"),
        ("gives", rule.gives + (f"; by control: {rule.gives_control}" if rule.gives_control else "")),
        ("stays frozen", rule.frozen or "the rule does not say"),
        ("certainty", rule.certainty),
        ("source", f"<{rule.source}>, read on {rule.read_on}, **{'verified' if rule.verified else 'not verified'}**"),
    ]
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return f"### `{rule.id}`\n\n{rule.title}\n\n{rule.note}\n\n| | |\n|---|---|\n{table}\n"


def main() -> None:
    """Write the page."""
    PAGE.write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
