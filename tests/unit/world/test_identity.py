"""Strong identifiers link by themselves; contradictions are told, not merged; names never link; every link can be undone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knockon.model.identifiers import STRONG, normal, own, sound
from knockon.model.interval import parse_day
from knockon.reference import ledger
from knockon.testing import claims, world
from knockon.world import World
from knockon.world import world as module
from knockon.world.folding import folded
from knockon.world.proposals import proposals

INN, OGRN, LEI = "7708004767", "1027700035769", "549300LCJ1UJXHYBWI24"


def merged(text: str, **how: str) -> dict[str, str]:
    return dict(world(text, **how).names.roots)  # type: ignore[arg-type]


def id_line(entity: str, scheme: str, value: str) -> str:
    return f'{entity} identified_by "{value}" scheme={scheme} (list)'


# ---------------------------------------------------------------------------------------------------- the numbers
@pytest.mark.parametrize(
    ("scheme", "value"),
    [
        ("inn", INN), ("inn", "7706107510"), ("inn", "500100732259"), ("ogrn", OGRN), ("ogrn", "304500116000157"),
        ("lei", LEI), ("lei", "253400JT3MQWNDKMJE44"), ("imo", "9074729"), ("imo", "5147094"), ("ofac", "17248"),
    ],
)  # fmt: skip
def test_check_digits(scheme: str, value: str) -> None:
    assert sound(scheme, value)
    if scheme != "ofac":
        wrong = [d for d in "0123456789" if d != value[-1] and sound(scheme, value[:-1] + d)]
        assert len(wrong) <= (1 if scheme == "imo" else 0)  # a ship's and a company's number are checked differently
        assert not sound(scheme, value[:-1])


@pytest.mark.parametrize("value", ["", "0000000000", "770800476٧", "77080047670", "x", "7708-00476"])
def test_what_is_no_number_is_not_sound(value: str) -> None:
    assert [scheme for scheme in STRONG if sound(scheme, value)] == []


def test_the_reference_world_has_sound_identifiers() -> None:
    from knockon.reference import sheet

    told = [c for c in sheet().claims if c.predicate == "identified_by" and c.qualifier("scheme") in STRONG]
    wrong = [c.value for c in told if not sound(s := str(c.qualifier("scheme")), normal(s, str(c.value)))]
    assert len(told) > 40
    assert wrong == []


def test_an_id_can_be_made_of_an_identifier() -> None:
    assert own("lei:549300lcj1ujxhybwi24") == ("lei", LEI)
    assert [own(e) for e in ("ofac:x", "gem:p0646", "lukoil", "inn:7708004768")] == [None] * 4


# ---------------------------------------------------------------------------------------------------- linking
@pytest.mark.parametrize(
    ("scheme", "mine", "theirs"),
    [
        ("inn", INN, "77 0800.4767"),
        ("ogrn", OGRN, OGRN),
        ("lei", LEI, LEI.lower()),
        ("imo", "IMO 9074729", "9074729"),
        ("ofac", "17248", "17248"),
    ],
)
def test_one_strong_identifier_makes_one_party(scheme: str, mine: str, theirs: str) -> None:
    text = f"{id_line('acme', scheme, mine)}\n{id_line('eu:1', scheme, theirs)}\neu designates eu:1 on 2020-01-01 (eu)"
    w = world(text)
    assert w.names.same(w.entity("eu:1")) == {"acme", "eu:1"}
    assert w.states("designates")[0].object == "acme"
    (link,) = w.names.links
    assert (link.scheme, link.entities) == (scheme, ("acme", "eu:1"))
    assert sorted(link.because) == sorted(c.id for c in claims(text) if c.predicate == "identified_by")


def test_the_id_of_a_list_is_its_identifier() -> None:
    text = f"{id_line('lukoil', 'ofac', '17248')}\nus-ofac designates ofac:17248 on 2020-01-01 (us-ofac)"
    assert merged(text) == {"lukoil": "lukoil", "ofac:17248": "lukoil"} or merged(text) == {"ofac:17248": "lukoil"}


@pytest.mark.parametrize(
    ("scheme", "value"), [("inn-unchecked", INN), ("okpo", "00044434"), ("inn", "7708004768"), ("wikidata", "Q1")]
)
def test_a_weak_or_wrong_identifier_links_nothing(scheme: str, value: str) -> None:
    w = world(f"{id_line('acme', scheme, value)}\n{id_line('eu:1', scheme, value)}")
    assert (w.names.roots, w.names.links, w.names.conflicts) == ({}, (), ())


@pytest.mark.parametrize("lead", ["planned", "denied", "possible"])
def test_only_stated_identifiers_link(lead: str) -> None:
    assert merged(f"{id_line('acme', 'inn', INN)}\n{lead}: {id_line('eu:1', 'inn', INN)}") == {}


@pytest.mark.parametrize("pairs", ["zeta=eu:1 eu:1=ofac:2", "ofac:2=eu:1 zeta=ofac:2"])
def test_a_plain_id_stands_for_the_group(pairs: str) -> None:
    text = "\n".join("{} is the same as {}".format(*pair.split("=")) for pair in pairs.split())
    w = world(text)
    assert {w.names.root(w.entity(e)) for e in ("eu:1", "ofac:2", "zeta")} == {"zeta"}


# ---------------------------------------------------------------------------------------------------- undoing
LINKED = f"{id_line('acme', 'inn', INN)}\n{id_line('eu:1', 'inn', INN)}"


def test_a_denied_same_as_parts_what_an_identifier_links() -> None:
    w = world(f"{LINKED}\ndenied: eu:1 is the same as acme (reviewer)")
    assert w.names.roots == {}
    assert [(c.why, c.entities) for c in w.names.conflicts] == [("denied", ("acme", "eu:1"))]


def test_a_denial_of_one_leaves_the_others_that_another_identifier_links() -> None:
    text = (
        f"{LINKED}\n{id_line('ofac:7', 'inn', INN)}\n{id_line('acme', 'ofac', '7')}\ndenied: eu:1 is the same as acme"
    )
    w = world(text)
    assert w.names.same(w.entity("acme")) == {"acme", "ofac:7"}
    assert w.names.root(w.entity("eu:1")) == "eu:1"


def test_a_denial_parts_a_chain_as_well() -> None:
    chain = [
        id_line("acme", "inn", INN),
        id_line("gem:1", "inn", INN),
        id_line("gem:1", "lei", LEI),
        id_line("eu:1", "lei", LEI),
    ]
    assert len(world("\n".join(chain)).names.same(world("\n".join(chain)).entity("acme"))) == 3
    w = world("\n".join([*chain, "denied: acme is the same as eu:1"]))
    assert w.names.roots == {}
    assert [c.why for c in w.names.conflicts] == ["denied", "denied"]


def test_an_identifier_set_aside_links_nothing() -> None:
    wrong = claims(LINKED)[1]
    assert merged(f'{LINKED}\nreviewer sets_aside {wrong.id} "a slip" (reviewer)') == {}
    again = f"{LINKED}\n{id_line('eu:1', 'inn', INN).replace('(list)', '(register)')}"
    assert merged(f'{again}\nreviewer sets_aside {wrong.id} "a slip" (reviewer)') == {"eu:1": "acme"}


def test_a_same_as_set_aside_merges_nothing() -> None:
    text = "acme is the same as eu:1 (list)"
    assert merged(f'{text}\nreviewer sets_aside {claims(text)[0].id} "a namesake" (reviewer)') == {}


def test_what_was_recorded_later_links_nothing_before() -> None:
    w = world(f"{LINKED}\nun designates ofac:7 on 2020-01-01 (un)\n{id_line('acme', 'ofac', '7')}")
    day = parse_day("2025-01-01")
    sizes = [len(World(w.ledger, on=day, at=at).names.same(w.entity("acme"))) for at in (1, 2, 3, 4)]
    assert sizes == [1, 2, 2, 3]


def test_a_supposed_identifier_links_in_its_world_alone() -> None:
    text = f"{id_line('acme', 'inn', INN)}\neu designates eu:1 on 2020-01-01 (eu)"
    assert merged(text, suppose=f'eu:1 identified_by "{INN}" scheme=inn') == {"eu:1": "acme"}
    assert merged(text, suppose='acme identified_by "7" scheme=ofac\nus-ofac designates ofac:7') == {"ofac:7": "acme"}
    assert merged(text) == {}


# ---------------------------------------------------------------------------------------------------- contradictions
def test_two_rows_of_one_edition_with_one_number_are_a_conflict() -> None:
    rows = "\n".join(f"eu lists {e} list=269 (eu, said 2024-01-01)" for e in ("eu:1", "eu:2"))
    w = world(f"{LINKED}\n{id_line('eu:2', 'inn', INN)}\n{rows}")
    assert w.names.roots == {}
    assert [(c.why, c.entities) for c in w.names.conflicts] == [("one edition", ("acme", "eu:1", "eu:2"))]


def test_rows_of_two_lists_or_of_two_editions_are_one_party() -> None:
    for other in ("list=833 (eu, said 2024-01-01)", "list=269 (eu, said 2024-02-01)"):
        rows = f"eu lists eu:1 list=269 (eu, said 2024-01-01)\neu lists eu:2 {other}"
        assert len(merged(f"{LINKED}\n{id_line('eu:2', 'inn', INN)}\n{rows}")) >= 2


def test_rows_of_one_edition_are_not_joined_through_a_third() -> None:
    rows = "\n".join(f"eu lists {e} list=269 (eu, said 2024-01-01)" for e in ("eu:1", "eu:2"))
    ids = [
        id_line("acme", "inn", INN),
        id_line("eu:1", "inn", INN),
        id_line("acme", "lei", LEI),
        id_line("eu:2", "lei", LEI),
    ]
    w = world("\n".join([*ids, rows]))
    assert w.names.roots == {}
    assert {c.why for c in w.names.conflicts} == {"one edition"}


def test_two_ids_of_one_source_with_one_number_are_a_conflict() -> None:
    w = world(f"{id_line('gem:1', 'lei', LEI)}\n{id_line('gem:2', 'lei', LEI)}")
    assert (w.names.roots, [c.why for c in w.names.conflicts]) == ({}, ["one source"])


def test_a_told_same_as_settles_a_conflict() -> None:
    w = world(f"{id_line('gem:1', 'lei', LEI)}\n{id_line('gem:2', 'lei', LEI)}\ngem:2 is the same as gem:1")
    assert w.names.root(w.entity("gem:2")) == "gem:1"
    assert w.names.conflicts == ()


# ---------------------------------------------------------------------------------------------------- one answer
@settings(max_examples=25)
@given(st.data())
def test_r3_the_order_and_the_size_of_the_ledger_do_not_matter(data: st.DataObject) -> None:
    entities = ["acme", "bolt", "eu:1", "eu:2", "ofac:7"]
    lines = [id_line(e, s, v) for e in entities for s, v in (("inn", INN), ("lei", LEI), ("ofac", "7"))]
    lines += [f"{a} is the same as {b}" for a in entities[:2] for b in entities[2:]]
    lines += [f"denied: {a} is the same as {b}" for a in entities for b in entities if a < b]
    lines += [f"eu lists {e} list=269 (eu, said 2024-01-01)" for e in entities]
    some = data.draw(st.lists(st.sampled_from(lines), max_size=8, unique=True))
    w = world("\n".join(some))
    again = world("\n".join(data.draw(st.permutations(some))))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "SMALL", 0)
        large = World(w.ledger, on=w.on).names
    for names in (again.names, large):
        assert names.roots == w.names.roots
        assert (names.links, names.conflicts) == (w.names.links, w.names.conflicts)


def test_the_ship_operator_of_the_same_name_is_not_the_oil_producer() -> None:
    """S15: the EU lists a Lukoil-Western Siberia by its IMO number; OFAC's 53650 of that name is another until a person says so."""
    told = claims(
        'eu:269-2014:w1 is called "Limited Liability Company ‘Lukoil-Western Siberia’" (eu)\neu:269-2014:w1 is a company (eu)\n'
        'eu:269-2014:w1 identified_by "5147094" scheme=imo (eu)\neu designates eu:269-2014:w1 on 2026-06-15 (eu)'
    )
    made = ledger()
    made.add(told)
    w = World(made, on=parse_day("2026-07-01"))
    names, ship = w.names, told[0].subject
    assert [(p.party, p.other) for p in proposals(w, ship)] == [("lukoil_west_siberia", ship)]
    assert w.states("designates", object=ship)[0].subject == "eu"
    assert "eu" not in {s.subject for s in w.states("designates", object="lukoil_west_siberia")}
    assert names.same(ship) == {ship}
    assert names.root(claims("ofac:53650 is a company")[0].subject) != ship


# ---------------------------------------------------------------------------------------------------- by name: proposed
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OAO Acme", "Acme, PJSC"),
        ("«АКМЕ» ПАО", "Публичное акционерное общество «Акме»"),
        ("АКМЕ", "AКМE"),  # Latin A and E
        ("PUTIN, Vladimir", "Vladimir Putin"),
        ("Société Acmé S.A.R.L.", "SOCIETE ACME"),
        ("Acme-West Siberia", "LLC Acme Western Siberia"),
        ("Acme Co., Ltd.", "ACME"),
    ],
)
def test_names_that_read_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Acme", "Acme Oil"), ("АКМЕ", "AKME"), ("LLC", "JSC"), ("Acme 1", "Acme 2"), ("Costa", "Osta")]
)
def test_names_that_do_not(one: str, other: str) -> None:
    assert folded(one) != folded(other)


NAMED = 'acme is called "Acme" (list)\neu:1 is called "ACME LLC" (eu)'


def pairs(text: str) -> list[tuple[str, str]]:
    return [(p.party, p.other) for p in proposals(world(text))]


def test_a_name_alone_proposes_and_merges_nothing() -> None:
    w = world(NAMED)
    (found,) = proposals(w)
    assert (found.party, found.other, found.name) == ("acme", "eu:1", "acme")
    assert [w.claim(c).subject for c in found.because] == ["acme", "eu:1"]
    assert w.names.roots == {}
    assert proposals(w, "eu:1") == (found,)
    assert proposals(w, "bolt") == ()


@pytest.mark.parametrize(
    "more",
    [
        "denied: eu:1 is the same as acme",
        "eu:1 is the same as acme",
        f"{id_line('acme', 'inn', INN)}\n{id_line('eu:1', 'inn', INN)}",
        "eu:1 is a licence",
    ],
)
def test_what_is_decided_or_no_party_is_not_proposed(more: str) -> None:
    assert pairs(f"{NAMED}\n{more}") == []


def test_a_list_knows_its_own_parties() -> None:
    assert pairs('eu:1 is called "Acme" (eu)\neu:2 is called "Acme" (eu)') == []
    assert pairs('acme is called "Twin" (list)\ncog is called "Twin" (list)') == []
    assert pairs('eu:269:1 is called "Acme" (eu)\neu:833:1 is called "Acme" (eu)') == [("eu:269:1", "eu:833:1")]


def test_a_name_that_many_bear_proposes_nobody() -> None:
    assert pairs("\n".join(f'list{n}:1 is called "Ali" (list)' for n in range(12))) != []
    assert pairs("\n".join(f'list{n}:1 is called "Ali" (list)' for n in range(13))) == []
