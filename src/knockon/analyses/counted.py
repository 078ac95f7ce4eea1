"""Which told stakes in a party does a rule count, which not, and why; and how much falls to listed parties by the other road, the product?

Refuses to add a look-through share to a counted one: the first describes money, the second decides law (R20).
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from knockon.analyses.cascade import Run
from knockon.analyses.effect import Counted
from knockon.analyses.ruled import Ruled
from knockon.model.ids import EntityId
from knockon.world import World
from knockon.world.stakes import Slot, slots

__all__ = ["counted", "look_through"]

#: kinds of stakes that no ownership rule counts, and why
_OTHERS = {
    "holds_interest": "a participating interest in a contract, not shares",
    "manages": "managed for another, not held",
    "entitled_to": "a share of output, not of the company",
}


def counted(world: World, told: Ruled, asset: EntityId) -> tuple[Counted, ...]:
    """Every told stake in an asset: the counted ones first, largest first.

    >>> from datetime import date
    >>> from knockon.analyses.regimes import rules_on
    >>> from knockon.analyses.ruled import ruled
    >>> from knockon.testing import world
    >>> w = world('''us-ofac designates acme for blocking on 2024-05-01 (us-ofac)
    ... acme holds 20% of bolt since 2020 (registry)
    ... cog holds 80% of bolt since 2020 (registry)''', on="2024-06-01")
    >>> rule = rules_on(date(2024, 6, 1), "us-ofac")[0]
    >>> [(c.holders, str(c.low), c.counts, c.why) for c in counted(w, ruled(w, rule), "bolt")]
    [(('acme',), '20', 'surely', 'listed'), (('cog',), '80', 'no', 'neither listed nor caught')]
    """
    run = told.found.run_of(asset)
    out = [_of_slot(told, run, s) for s in told.web.by_asset.get(asset, ())]
    left = {tuple(s.because) for s in told.web.by_asset.get(asset, ())}
    for slot in slots(world, told.rule.kinds, asset=asset):
        if slot.because not in left:
            why = (
                "votes; this rule counts capital"
                if slot.votes and told.rule.basis == "shares"
                else "the ownership was found rebutted"
            )
            out.append(_plain(slot, "no", why))
    out += [_plain(s, "no", _OTHERS[s.kind]) for s in slots(world, tuple(_OTHERS), asset=asset)]
    for control in told.web.controls.get(asset, ()):
        hit = control.holder in run.possibly
        out.append(
            Counted(
                holders=(control.holder,),
                kind="controls",
                votes=False,
                low=Decimal(0),
                high=Decimal(0),
                told="stated" if control.sure else "pending",
                counts="no" if not hit else "surely" if control.sure and control.holder in run.surely else "possibly",
                why="control without a stake" if hit else "neither listed nor caught",
                because=control.because,
            )
        )
    order = {"surely": 0, "possibly": 1, "no": 2}
    return tuple(sorted(out, key=lambda c: (order[c.counts], -c.high, c.kind, c.holders)))


def _of_slot(told: Ruled, run: Run, slot: Slot) -> Counted:
    sure = told.web.counts(slot, run.surely, sure=True)
    maybe = told.web.counts(slot, run.possibly, sure=False)
    if not maybe:
        others = {h for h in slot.holders if h in told.found.possibly}
        why = (
            "held by another listed party: frozen as well, but this rule does not add them"
            if others and run.person
            else "neither listed nor caught"
        )
        return _plain(slot, "no", why)
    if not sure and len(slot.holders) > 1:
        why = "told with several holders, of whom not all are caught"
    elif slot.told != "stated":
        why = {"pending": "only planned or possible", "linked": "linked, without a percentage"}.get(
            slot.told, "told without a number"
        )
    else:
        why = _why(told, run, slot, sure=sure)
    return _plain(slot, "surely" if sure and slot.low > 0 else "possibly", why)


def _why(told: Ruled, run: Run, slot: Slot, *, sure: bool) -> str:
    holder = slot.holders[0]
    if holder in told.sure and run.person in (None, holder):
        return "listed"
    if holder in told.maybe:
        return "perhaps listed on this day"
    if holder in (run.surely if sure else run.possibly):
        return "caught itself, so its whole stake counts" if sure else "perhaps caught itself"
    return "held under a joint arrangement with one who is caught"


def _plain(slot: Slot, counts: str, why: str) -> Counted:
    return Counted(
        holders=slot.holders,
        kind=slot.kind,
        votes=slot.votes,
        low=slot.low,
        high=slot.high,
        told=slot.told,
        counts=counts,
        why=why,
        because=slot.because,
    )


def look_through(told: Ruled, asset: EntityId) -> tuple[Decimal | None, Decimal | None]:
    """The share of an asset that falls to listed parties, as products along all chains, each up to the first of them, loops summed.

    Where the rule does not add listed parties up, that of the one who catches it. ``None`` where the owners above are too many,
    or closed in a loop that has no solution.
    """
    person = told.found.run_of(asset).person
    listed = {person} if person else {*told.sure, *told.maybe}
    return _solved(told, asset, listed, low=True), _solved(told, asset, listed, low=False)


_MOST = 150


def _solved(told: Ruled, asset: EntityId, listed: set[EntityId], *, low: bool) -> Decimal | None:
    """Gauss over exact fractions: a party's share is the sum of its owners' shares, each times its stake; a listed party's is all."""
    rows: dict[EntityId, dict[EntityId, Fraction]] = {}
    front = [asset]
    while front:
        one = front.pop()
        if one in rows or (one in listed and one != asset):
            continue
        mine: dict[EntityId, Fraction] = {}
        rows[one] = mine
        for slot in told.web.by_asset.get(one, ()):
            share = Fraction(slot.low if low else slot.high) / 100
            if slot.votes or slot.told in ("pending", "linked") or not share or (low and len(slot.holders) > 1):
                continue
            for holder in slot.holders:  # of several told holders each may have it: the most that one of them makes
                mine[holder] = mine.get(holder, Fraction(0)) + share
                front.append(holder)
        if len(rows) > _MOST:
            return None
    order = [p for p in rows if p != asset]
    for gone in order:  # put each owner's own equation into those of whom it owns
        owners = rows.pop(gone)
        loop = owners.pop(gone, Fraction(0))
        if loop >= 1:
            return None
        scaled = {h: s / (1 - loop) for h, s in owners.items()}
        for others in rows.values():
            if share := others.pop(gone, Fraction(0)):
                for holder, part in scaled.items():
                    others[holder] = others.get(holder, Fraction(0)) + share * part
    last = rows[asset]
    loop = last.pop(asset, Fraction(0))
    if loop >= 1:
        return None
    total = sum((s for h, s in last.items() if h in listed), Fraction(0)) / (1 - loop)
    percent = min(total, Fraction(1)) * 100
    number = Decimal(percent.numerator) / Decimal(percent.denominator)
    return Decimal(format(number.quantize(Decimal("1e-9")).normalize(), "f"))
