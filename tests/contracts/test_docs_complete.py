"""Everything that a user can meet is documented, every page can be found from docs/README.md, and no link is dead."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from knockon import errors
from knockon.analyses.activities import activities
from knockon.analyses.address import QUESTIONS
from knockon.cli import COMMANDS, knockon
from knockon.model.vocabulary import vocabulary
from knockon.settings import Settings
from knockon.sources.csv_ import COLUMNS
from knockon.testing import claims

DOCS = Path(__file__).parents[2] / "docs"
ROOT = DOCS.parent
PAGES = sorted(DOCS.rglob("*.md"))
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")


def read(page: str) -> str:
    return (DOCS / page).read_text("utf-8")


def prose(text: str) -> str:
    """A page without its code blocks."""
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def slugs(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    heads = re.findall(r"^#+ (.+)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def links(page: Path) -> Iterator[tuple[str, str]]:
    for target in _LINK.findall(prose(page.read_text("utf-8"))):
        if not target.startswith(("http://", "https://", "mailto:")):
            path, _, anchor = target.partition("#")
            yield path, anchor


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(DOCS).as_posix())
def test_no_link_is_dead(page: Path) -> None:
    dead = []
    for path, anchor in links(page):
        target = (page.parent / path).resolve() if path else page
        if not target.exists():
            dead.append(path)
        elif anchor and target.suffix == ".md" and anchor not in slugs(target.read_text("utf-8")):
            dead.append(f"{path}#{anchor}")
    assert not dead


def test_every_page_is_linked_from_the_index() -> None:
    linked = {(DOCS / path).resolve() for path, _ in links(DOCS / "README.md") if path}
    assert [p.relative_to(DOCS).as_posix() for p in PAGES if p not in linked and p != DOCS / "README.md"] == []


def test_every_page_begins_with_its_title() -> None:
    assert [p.relative_to(DOCS).as_posix() for p in PAGES if not p.read_text("utf-8").startswith("# ")] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_is_documented(name: str) -> None:
    page = read("reference/cli.md")
    assert f"\n## knockon {name}\n" in page
    command = knockon.get_command(click.Context(knockon), name)
    assert command is not None
    own = {option for p in command.params if isinstance(p, click.Option) for option in p.opts + p.secondary_opts} - {
        "--help"
    }
    assert [option for option in sorted(own) if not re.search(rf"{option}(?![\w-])", page)] == []


def _codes() -> Iterator[type[errors.KnockonError]]:
    for name in errors.__all__:
        kind = getattr(errors, name)
        assert issubclass(kind, errors.KnockonError)
        yield kind


def test_every_error_code_is_documented_with_its_exit_status() -> None:
    page = read("reference/errors.md")
    told = dict(re.findall(r"^\| `([a-z-]+)` \| (\d+) \|", page, re.MULTILINE))
    assert told == {kind.code: str(kind.exit) for kind in _codes()}
    shown = page.partition("## Examples")[2]
    bases = {kind.code for kind in _codes() if kind.__subclasses__()}
    assert [kind.code for kind in _codes() if kind.code not in shown and kind.code not in bases] == []


def _maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("make_reference", DOCS / "make_reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


MADE: dict[str, Callable[[], str]] = _maker().PAGES


@pytest.mark.parametrize("page", MADE)
def test_pages_made_from_tables_are_up_to_date(page: str) -> None:
    assert read(page) == MADE[page](), "run: python docs/make_reference.py"


def test_every_predicate_has_its_section() -> None:
    page = read("reference/vocabulary.md")
    assert [name for name in vocabulary() if f"\n### {name}\n" not in page] == []


def test_every_line_shown_in_the_grammar_makes_the_predicate_beside_it() -> None:
    shown = re.findall(r"^```lines\n(.*?)^```", read("reference/lines.md"), re.MULTILINE | re.DOTALL)
    lines = [line.rsplit("→", 1) for block in shown for line in block.splitlines()]
    assert len(lines) > 40
    assert [
        (text, c.predicate) for text, word in lines for c in claims(text.strip()) if c.predicate != word.strip()
    ] == []


def test_every_form_of_the_grammar_is_shown() -> None:
    from knockon.sources.lines import _COMPILED  # the forms are private; the page must know them all

    shown = re.findall(r"^```lines\n(.*?)^```", read("reference/lines.md"), re.MULTILINE | re.DOTALL)
    texts = [line.rsplit("→", 1)[0].strip() for block in shown for line in block.splitlines()]
    missing = [form.pattern for form, _, _ in _COMPILED if not any(form.match(text) for text in texts)]
    assert missing == []


def test_every_column_of_a_file_of_claims_is_documented() -> None:
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", read("reference/claims.md").partition("### Days")[0], re.MULTILINE)
    told = [name for row in rows for name in re.findall(r"`(\w+)`", row)]
    assert told == list(COLUMNS)


def test_every_setting_is_documented() -> None:
    told = re.findall(r"^\| `(\w+)` \| `KNOCKON_\w+` \|", read("reference/settings.md"), re.MULTILINE)
    assert told == list(Settings.__dataclass_fields__)


def test_every_analysis_has_a_command_and_a_page() -> None:
    questions = [
        name for name, (module, _, _) in COMMANDS.items() if module in ("questions", "law") and name != "blocked"
    ]
    told = {name: (DOCS / "reference" / f"{name}.md").exists() for name in [*questions, "diff"]}
    # what is owned and what status it makes are told with the status words and the rules
    assert [name for name, there in told.items() if not there] == ["ownership", "status"]
    words = read("reference/statuses.md")
    assert "knockon status" in words


def test_every_status_word_is_explained() -> None:
    from knockon.analyses import effect
    from knockon.analyses.regimes import _rules, measures

    page = read("reference/statuses.md")
    words = {*(m.word for m in measures().values()), *effect.CAUGHT, "undetermined", "nothing found"}
    words |= {word for rule in _rules() for word in (rule.gives, rule.gives_control) if word}
    for source in Path(effect.__file__).parent.glob("*.py"):
        words |= set(re.findall(r'status="([a-z -]+)"', source.read_text("utf-8")))
    words |= {effect.PART, effect.LINKED}
    assert [word for word in sorted(words) if f"**{word}**" not in page] == []


def test_every_activity_of_a_licence_is_explained() -> None:
    page = read("reference/licences.md")
    assert [word for word in activities() if f"`{word}`" not in page] == []


def test_every_address_of_a_line_is_documented() -> None:
    page = read("reference/cli.md")
    told = {m[0]: m[1].count("/") for m in re.findall(r"^\| `(\w+)((?:/[A-Z]+)+)@DAY` \|", page, re.MULTILINE)}
    assert told == QUESTIONS


def test_every_rule_has_its_section_and_its_test() -> None:
    page = read("design/convention.md")
    sections = re.split(r"^## R(\d+) · ", page, flags=re.MULTILINE)[1:]
    told = {int(number): body for number, body in zip(sections[::2], sections[1::2], strict=True)}
    assert list(told) == list(range(1, 26))
    untested = []
    for number, body in told.items():
        files = re.findall(r"\]\(\.\./\.\./(tests/[\w/]+\.py)\)", body)
        if "**Test.** None yet" in body:
            assert "**Left.**" in body  # a rule about what this version does not do
        elif not any(re.search(rf"^def test_r{number}_", (ROOT / f).read_text("utf-8"), re.MULTILINE) for f in files):
            untested.append(number)
        assert "**Here.**" in body
    assert untested == []


def test_every_decision_says_what_was_chosen_and_what_else_there_was() -> None:
    pages = sorted((DOCS / "design" / "decisions").glob("*.md"))
    numbers = [int(p.name[:3]) for p in pages if p.name[:3].isdigit()]
    assert numbers == list(range(1, len(numbers) + 1))
    wanted = (
        ("**Context.**", "**Decision.**", "**Why.**", "**What would change it.**"),
        ("*Decided for", "**Chosen.**"),
    )
    told = {p.name: p.read_text("utf-8") for p in pages}
    assert [name for name, text in told.items() if not any(all(w in text for w in form) for form in wanted)] == []
