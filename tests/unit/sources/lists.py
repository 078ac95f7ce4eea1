"""Small lists with invented parties, in the exact shape of the publishers' files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from knockon.model.claim import Claim
from knockon.sources.editions import EditionReading, Paper

DAY = date(2025, 12, 1)
NULL = "-0- "
END = "\x1a"
EU_COLUMNS = (
    "recordId,programKey,annex,measure,startDate,reason,schema,name,alias,weakAlias,previousName,country,nationality,"
    "jurisdiction,birthDate,birthPlace,position,passportNumber,gender,appearance,ethnicity,fatherName,motherName,"
    "incorporationDate,legalForm,sector,registrationNumber,taxNumber,idNumber,innCode,ogrnCode,kppCode,okpoCode,leiCode,"
    "swiftBic,ticker,imoNumber,mmsi,flag,address,phone,email,website,notes"
).split(",")


def paper(text: str, name: str = "sdn.csv", *, folder: str = "in", day: date = DAY) -> Paper:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Paper(address=f"{folder}/{name}", name=name, folder=folder, text=text, digest=digest, observed=day)


def sdn(*rows: tuple[int, str, str, str, str], end: str = END) -> str:
    """Rows of uid, name, type, programmes, remarks; "" is nothing."""

    def cell(text: str) -> str:
        return f'"{text}"' if text else NULL

    lines = [
        f"{uid},{cell(name)},{cell(kind)},{cell(codes)}," + f"{NULL}," * 7 + cell(remarks)
        for uid, name, kind, codes, remarks in rows
    ]
    return "".join(line + "\r\n" for line in lines) + end


def eu(*rows: dict[str, str], celex: str = "32014R0269", amending: str = "") -> str:
    head = "amendedCelex,amendmentCelex" if amending else "celex"
    first = f"{celex},{amending}" if amending else celex
    base = {"programKey": "EU-X", "annex": "I", "measure": "Asset freeze", "schema": "LegalEntity"}

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in ',"\n') else text

    lines = [",".join([first, *(cell((base | row).get(c, "")) for c in EU_COLUMNS)]) for row in rows]
    return "\n".join([f"{head},{','.join(EU_COLUMNS)}", *lines]) + "\n"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_bytes(text.encode())
    return path


def said(found: EditionReading | Iterable[Claim], predicate: str) -> list[Claim]:
    claims = found.claims if isinstance(found, EditionReading) else found
    return [c for c in claims if c.predicate == predicate]


def values(found: EditionReading, predicate: str, subject: str) -> set[tuple[str, str]]:
    """Value and form, or scheme, of what is said of one party."""
    key = "scheme" if predicate == "identified_by" else "form"
    return {(str(c.value), c.qualifier(key) or "") for c in said(found, predicate) if c.subject == subject}
