"""The map: every sentence, the claims read from it, and the lines that answer them; or that it carries none, and why."""

from __future__ import annotations

from typing import Any

from knockon.views.report_map import report_md


def test_every_sentence_is_there_with_its_claims(acme: Any) -> None:
    page = report_md(acme.brief, acme.world)
    assert page.count("## Sentence ") == len(acme.brief.sentences)
    for said in acme.brief.said:
        assert f"`{said.claim.id[:10]}`" in page


def test_a_sentence_without_a_claim_says_why(acme: Any) -> None:
    assert "It carries no claim: names nothing that is known." in report_md(acme.brief, acme.world)


def test_a_claim_leads_to_the_line_that_answers_it(acme: Any) -> None:
    page = report_md(acme.brief, acme.world)
    row = next(line for line in page.splitlines() if "holds an interest in deep" in line and line.startswith("|"))
    assert "Which assets are exposed" in row
    assert "`exposure/deep@2025-06-10`" in row


def test_only_a_few_words_are_quoted_unless_the_whole_is_asked_for(acme: Any) -> None:
    short, whole = report_md(acme.brief, acme.world), report_md(acme.brief, acme.world, full=True)
    assert "> Asked whether Ann will meet Bob, …" in short
    assert "palace was silent" not in short
    assert "palace was silent" in whole


def test_nothing_of_the_report_comes_alive(acme: Any) -> None:
    page = report_md(acme.brief, acme.world, full=True)
    assert "<script" not in page
    assert "](http:" not in page


def test_the_map_is_told_in_bulgarian_too(acme: Any) -> None:
    page = report_md(acme.brief, acme.world, lang="bg")
    assert page.startswith("# Съобщението, изречение по изречение")
    assert "Sentence" not in page
