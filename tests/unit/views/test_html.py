"""The page as text: what it says, what leads where, and that nothing of a report is alive in it. The browser tests read it."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from lxml import html as lx

from knockon.model.claim import Quote
from knockon.views import html
from knockon.views.citations import web_address
from knockon.views.line import Line, Section
from knockon.views.picture import page_words

HOSTILE = (
    '<script>alert("x")</script><img src=x onerror=alert(1)>',
    "[Markdown](https://evil.example/a) and https://evil.example/b and javascript:alert(1)",
    "{{ 7*7 }} {% raw %} </mark></article></body>",
    "safe \u202eREVERSED\u2066 and \u200bhidden\x00 \ufeff",
    "W" * 400,
    "\"><a href='https://evil.example/c'>x</a><!-- ]]> &lt;b&gt;",
)
REPORT = (
    *((text, ()) for text in HOSTILE),
    ("Acme holds 8 % of Cog.", ("acme holds 8% of cog (agency, said 2025-06-10)",)),
)


def tree(text: str) -> lx.HtmlElement:
    return lx.document_fromstring(text)


@pytest.fixture
def page(acme: Any) -> lx.HtmlElement:
    return tree(html.page(acme.brief, acme.world))


def texts(found: list[lx.HtmlElement]) -> list[str]:
    return [" ".join(e.text_content().split()) for e in found]


# ---------------------------------------------------------------------------------------------------- one file
def test_the_page_refers_to_nothing_outside_but_plain_links_of_the_ledger(acme: Any) -> None:
    page = tree(html.page(acme.brief, acme.world))
    assert page.xpath("//@src | //@srcset | //link | //@action | //iframe | //object | //base | //*[@style]") == []
    assert all(h.startswith(("#", "http://", "https://")) for h in page.xpath("//@href"))
    assert all(e.get("rel") == "noreferrer noopener" for e in page.xpath("//a[not(starts-with(@href, '#'))]"))
    assert not re.search(r"@import|@font-face|url\((?!#)", html._text("page.css"))


def test_the_policy_lets_the_own_script_run_and_nothing_else(page: lx.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    (script,) = page.xpath("//script")
    digest = base64.b64encode(hashlib.sha256(script.text.encode()).digest()).decode()
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-")
    assert f"'sha256-{digest}'" in policy


def test_the_policy_stands_before_everything_it_governs(page: lx.HtmlElement) -> None:
    order = [e.tag for e in page.find("head")]
    assert order.index("style") > 1
    assert page.find("head")[1].get("http-equiv") == "Content-Security-Policy"


def test_the_answer_is_echoed(acme: Any, page: lx.HtmlElement) -> None:
    echo = dict(zip(texts(page.xpath("//dl//dt")), texts(page.xpath("//dl//dd")), strict=True))
    assert echo["On"] == echo["Known by"] == echo["Dateline"] == "10 June 2025"
    assert echo["At"] == str(acme.brief.at)
    assert echo["Fingerprint"] == acme.brief.fingerprint
    assert echo["Version"] == acme.brief.version


def test_the_same_answer_is_the_same_page_to_the_byte(acme: Any) -> None:
    assert html.page(acme.brief, acme.world) == html.page(acme.brief, acme.world)


def test_the_page_has_its_language_and_the_report_has_its_own(acme: Any) -> None:
    page = tree(html.page(acme.brief, acme.world, "bg"))
    assert page.get("lang") == "bg"
    assert page.xpath("//article/@lang") == [acme.brief.reading.document.language]
    assert "Доказателства" in texts(page.xpath("//h2"))


def test_both_languages_have_the_same_words_with_the_same_fields() -> None:
    def fields(lang: str) -> dict[str, set[str]]:
        table = page_words(lang).table
        return {f"{t}.{k}": set(re.findall(r"\{(\w+)\}", v)) for t, rows in table.items() for k, v in rows.items()}

    assert fields("en") == fields("bg")


# ---------------------------------------------------------------------------------------------------- what leads where
def test_every_id_is_one_of_a_kind_and_every_link_in_the_page_arrives(page: lx.HtmlElement) -> None:
    ids = Counter(page.xpath("//@id"))
    assert [i for i, n in ids.items() if n > 1] == []
    links = [h[1:] for h in page.xpath("//@href") if h.startswith("#")]
    assert [h for h in links if h not in ids] == []
    assert [i for v in page.xpath("//@aria-labelledby") for i in v.split() if i not in ids] == []


def test_a_passage_leads_to_its_claim_and_the_claim_back(acme: Any, page: lx.HtmlElement) -> None:
    for said in acme.brief.said:
        known = f"c-{said.claim.id[:13]}"
        (entry,) = page.xpath(f"//li[@id='{known}']")
        (back,) = [h for h in entry.xpath(".//a/@href") if h.startswith("#q-")]
        (spot,) = page.xpath(f"//article//*[@id='{back[1:]}']")
        mark = next(e for e in spot.iterancestors("mark"))
        assert known[2:] in mark.get("data-c").split()
        marked = page.xpath(f"//article//mark[contains(concat(' ', @data-c, ' '), ' {known[2:]} ')]/a")
        assert "".join(m.text_content() for m in marked) == said.claim.quote.text
        assert f"#{known}" in page.xpath("//article//a/@href")


def test_overlapping_passages_each_keep_their_text(acme: Any) -> None:
    brief = acme.brief
    text = brief.reading.document.text
    first, second = brief.said[0], brief.said[1]
    spans = {first.claim.id: (5, 30), second.claim.id: (20, 40)}
    moved = {
        k: replace(s.claim, quote=Quote(*spans[k], text[slice(*spans[k])]))
        for k, s in ((x.claim.id, x) for x in (first, second))
    }
    said = tuple(replace(s, claim=moved.get(s.claim.id, s.claim)) for s in brief.said[:2])
    world = acme.world.hearing([s.claim for s in said])
    page = tree(html.render(replace(brief, said=said), world, ()))
    for one in said:
        marked = page.xpath(f"//article//mark[contains(@data-c, '{one.claim.id[:13]}')]/a")
        assert "".join(m.text_content() for m in marked) == one.claim.quote.text
    both = page.xpath("//article//mark[contains(@data-c, ' ')]")
    assert "".join(texts(both)).startswith(text[20:30].strip()[:5])


def test_a_quote_that_is_not_in_the_text_is_not_marked(acme: Any) -> None:
    brief = acme.brief
    odd = replace(brief.said[0].claim, quote=Quote(0, 4, "Nope"))
    world = acme.world.hearing([odd])
    page = tree(html.render(replace(brief, said=(replace(brief.said[0], claim=odd),)), world, ()))
    assert page.xpath("//article//mark") == []
    assert "carries no passage" in page.xpath(f"//li[@id='c-{odd.id[:13]}']")[0].text_content()


def test_each_line_stands_with_its_marks_its_claims_and_how_to_ask_again(acme: Any) -> None:
    known = acme.brief.said[0].claim.id
    line = Line(
        text="A line.",
        address="status/us-ofac/acme@2025-06-10",
        because=(known,),
        marks=("disputed", "stale", "confirmed"),
    )
    page = tree(
        html.render(acme.brief, acme.world, (Section(key="reached", title="T", intro="I", lines=(line,), empty=""),))
    )
    (item,) = page.xpath("//li[@id='reached-1']")
    assert [(c.text, c.get("class")) for c in item.xpath(".//span[starts-with(@class, 'chip')]")] == [
        ("disputed", "chip red"),
        ("stale", "chip amber"),
        ("confirmed", "chip green"),
    ]
    assert f"#c-{known[:13]}" in item.xpath(".//a/@href")
    assert texts(item.xpath(".//code")) == ["knockon why status/us-ofac/acme@2025-06-10"]
    (entry,) = page.xpath(f"//li[@id='c-{known[:13]}']")
    assert "#reached-1" in entry.xpath(".//a/@href")


def test_an_empty_section_says_what_was_searched(acme: Any) -> None:
    page = tree(
        html.render(
            acme.brief, acme.world, (Section(key="ties", title="Ties", intro="", lines=(), empty="Searched: all."),)
        )
    )
    assert "Searched: all." in texts(page.xpath("//section[@id='s-ties']//p"))


def test_many_claims_behind_a_line_are_all_there(acme: Any) -> None:
    ids = tuple(c.id for c in acme.world.told("designates", "holds_shares", "issues", "covers", "excludes"))
    assert len(ids) > 6
    section = Section(key="x", title="T", intro="", lines=(Line(text="A.", because=ids),), empty="")
    page = tree(html.render(acme.brief, acme.world, (section,)))
    refs = page.xpath("//li[@id='x-1']//a[@class='ref']/@href")
    assert refs == [f"#c-{i[:13]}" for i in ids]


def test_what_is_supposed_is_told_loudly_and_kept_apart(acme: Any) -> None:
    from knockon.sources.lines import parse_lines

    supposed = parse_lines("us-ofac delists acme on 2025-06-01 (us-ofac)", said_on=acme.brief.on)
    world = acme.world.supposing(supposed)
    page = tree(html.render(replace(acme.brief, supposed=supposed), world, ()))
    (box,) = page.xpath("//header//section[@class='supposed']")
    assert "Supposed" in box.text_content()
    assert "takes Acme Oil off its list" in box.text_content()
    assert f"#c-{supposed[0].id[:13]}" in box.xpath(".//a/@href")
    assert "supposed" in texts(page.xpath(f"//li[@id='c-{supposed[0].id[:13]}']//span[starts-with(@class, 'chip')]"))


def test_without_suppositions_there_is_no_box(page: lx.HtmlElement) -> None:
    assert page.xpath("//*[@class='supposed']") == []


# ---------------------------------------------------------------------------------------------------- form
def test_headings_go_down_one_step_at_a_time_from_one_title(page: lx.HtmlElement) -> None:
    levels = [int(e.tag[1]) for e in page.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_page_has_its_landmarks_and_tables_say_what_their_cells_are(page: lx.HtmlElement) -> None:
    assert [len(page.xpath(f"//{t}")) for t in ("main", "nav", "header", "footer")] == [1, 1, 1, 1]
    assert page.xpath("//nav/@aria-label") == ["Contents"]
    assert page.xpath("//table")
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert not table.xpath(".//th[not(@scope)]")
        assert {len(r) for r in table.xpath("./tbody/tr")} == {len(table.xpath("./thead/tr/th"))}


def test_the_report_is_there_in_full(acme: Any, page: lx.HtmlElement) -> None:
    (article,) = page.xpath("//article")
    for ref in article.xpath(".//a[@class='ref']"):
        ref.drop_tree()
    shown = article.text_content()
    assert "".join(shown.split()) == "".join(acme.brief.reading.document.text.split())


# ---------------------------------------------------------------------------------------------------- hostile input
@pytest.fixture
def hostile(make: Callable[..., Any]) -> lx.HtmlElement:
    found = make(REPORT)
    return tree(html.page(found.brief, found.world))


def test_a_hostile_report_adds_no_element_and_no_attribute(hostile: lx.HtmlElement, page: lx.HtmlElement) -> None:
    assert len(hostile.xpath("//script")) == 1
    assert {e.tag for e in hostile.iter() if isinstance(e.tag, str)} <= {
        e.tag for e in page.iter() if isinstance(e.tag, str)
    }
    assert not [a for e in hostile.iter() for a in e.attrib if str(a).startswith("on")]
    assert {e.tag for e in hostile.xpath("//article//*")} <= {"p", "mark", "a", "span"}


def test_no_link_of_a_report_is_a_link(hostile: lx.HtmlElement) -> None:
    assert all(h.startswith("#") for h in hostile.xpath("//article//@href"))
    assert not [h for h in hostile.xpath("//@href") if "evil" in h]


def test_what_a_report_says_is_shown_as_it_says_it(hostile: lx.HtmlElement) -> None:
    shown = hostile.xpath("//article")[0].text_content()
    assert '<script>alert("x")</script><img src=x onerror=alert(1)>' in shown
    assert "{{ 7*7 }} {% raw %} </mark></article></body>" in shown
    assert "[Markdown](https://evil.example/a)" in shown
    assert "‹U+202E›REVERSED‹U+2066›" in shown
    assert "‹U+200B›hidden‹U+0000›" in shown


def test_nothing_on_the_page_turns_words_round(make: Callable[..., Any]) -> None:
    found = make(REPORT)
    document = replace(found.brief.reading.document, title="t\u202eitle", address="a\u2066b")
    brief = replace(found.brief, reading=replace(found.brief.reading, document=document))
    text = html.page(brief, found.world)
    assert not re.search(r"[\u202a-\u202e\u2066-\u2069\u200b\x00\x1b]", text)


@pytest.mark.parametrize(
    "bad",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://user:pw@example.org/",
        "https://exa mple.org",
        "https://example.org/\u202ex",
        'https://example.org/"onclick=',
        "//example.org",
        "https://",
        "https://[::1",
        "report.txt",
        "",
    ],
)
def test_only_a_plain_web_address_becomes_a_link(bad: str) -> None:
    assert web_address(bad) is None


def test_the_address_of_a_ledger_claim_is_a_link_and_that_of_the_report_is_not(make: Callable[..., Any]) -> None:
    from tests.unit.views.conftest import LEDGER

    found = make(ledger=LEDGER)
    source = "https://example.org/act"
    stake = next(c for c in found.world.told("holds_shares") if c.subject == "acme" and c.object == "bolt")
    told = replace(stake, source=source)
    heard = replace(found.brief.said[0].claim, source="https://evil.example/report")
    world = found.world.hearing([told, heard])
    section = Section(key="x", title="T", intro="", lines=(Line(text="A.", because=(told.id,)),), empty="")
    page = tree(html.render(replace(found.brief, said=(replace(found.brief.said[0], claim=heard),)), world, (section,)))
    assert page.xpath(f"//li[@id='c-{told.id[:13]}']//a[@class='out']/@href") == [source]
    entry = page.xpath(f"//li[@id='c-{heard.id[:13]}']")[0]
    assert "https://evil.example/report" in entry.text_content()
    assert entry.xpath(".//a[@class='out']") == []


def test_a_report_without_anything_makes_a_page(silent: Any) -> None:
    page = tree(html.page(silent.brief, silent.world))
    assert "The weather was fine." in page.xpath("//article")[0].text_content()
    assert len(page.xpath("//p[@class='empty']")) >= 10
