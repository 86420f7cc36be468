"""Checks of one statement of BODS: what its schema cannot say, without looking at any other."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from keiretsu.formats.bods.schema import additional_fields
from keiretsu.formats.bods.terms import VERSION
from keiretsu.formats.fields import short
from keiretsu.model.identifiers import Identifier

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from keiretsu.formats.bods.rules import Place
    from keiretsu.model import Finding

_EARLIEST: Final = "1800"
_DAY: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_ENTITY_SCHEME: Final = re.compile(r"[A-Z]{2}-[A-Z0-9_]+")
_PERSON_SCHEME: Final = re.compile(r"([A-Z]{3})-(PASSPORT|TAXID|IDCARD)")
_ISO_3166: Final = """
ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE
"""
_COUNTRIES: Final = frozenset(_ISO_3166.split())
"""ISO 3166-1, three letters."""


def statement_findings(
    statement: Mapping[str, Any], place: Place, today: dt.date
) -> Iterator[Finding]:
    """Yield the rules that one statement breaks by itself.

    Parameters
    ----------
    statement
        An object; its fields may be of any type, what the schema refuses is passed over here.
    place
        Where it stands.
    today
        What lies after it is to come.
    """
    for path in additional_fields(statement):
        yield place.breach("additional-field", path, "the field is not known")
    yield from _publication(statement, place, today)
    yield from _annotations(statement, place, today)
    details = _dict(statement.get("recordDetails"))
    match statement.get("recordType"):
        case "entity":
            yield from _entity(details, place)
        case "person":
            yield from _person(details, place, today)
        case "relationship":
            for number, interest in _dicts(details.get("interests")):
                path = f"/recordDetails/interests/{number}"
                yield from _interest(interest, path, place)


def _publication(statement: Mapping[str, Any], place: Place, today: dt.date) -> Iterator[Finding]:
    source, published = (
        _dict(statement.get("source")),
        _dict(statement.get("publicationDetails")),
    )
    for told, path in (
        (statement.get("statementDate"), "/statementDate"),
        (source.get("retrievedAt"), "/source/retrievedAt"),
        (published.get("publicationDate"), "/publicationDetails/publicationDate"),
    ):
        yield from _future(told, path, place, today)
    version = published.get("bodsVersion")
    if isinstance(version, str) and version != VERSION:
        path = "/publicationDetails/bodsVersion"
        yield place.breach("bods-version", path, f"the version is {short(version)}")


def _annotations(statement: Mapping[str, Any], place: Place, today: dt.date) -> Iterator[Finding]:
    for number, one in _dicts(statement.get("annotations")):
        path = f"/annotations/{number}"
        yield from _future(one.get("creationDate"), f"{path}/creationDate", place, today)
        target = one.get("statementPointerTarget")
        if isinstance(target, str) and not _leads_somewhere(statement, target):
            where = f"{path}/statementPointerTarget"
            yield place.breach("annotation-target", where, f"{short(target)} leads nowhere")


def _entity(details: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    founded, dissolved = details.get("foundingDate"), details.get("dissolutionDate")
    if _before(dissolved, founded):
        path = "/recordDetails/dissolutionDate"
        what = f"{dissolved} lies before {founded}"
        yield place.breach("dissolution-before-founding", path, what)
    yield from _listing(_dict(details.get("publicListing")), place)
    for number, one in _dicts(details.get("identifiers")):
        path, scheme = f"/recordDetails/identifiers/{number}/scheme", one.get("scheme")
        if isinstance(scheme, str) and not _ENTITY_SCHEME.fullmatch(scheme):
            yield place.breach("entity-scheme", path, f"the scheme is {short(scheme)}")
        yield from _identifier(one, number, place)
    kind = _dict(details.get("entityType")).get("type")
    if kind in ("anonymousEntity", "unknownEntity") and "unspecifiedEntityDetails" not in details:
        path = "/recordDetails/entityType/type"
        yield place.breach("unspecified-without-reason", path, f"no reason for {kind}")


def _listing(told: Mapping[str, Any], place: Place) -> Iterator[Finding]:
    path = "/recordDetails/publicListing"
    if told.get("hasPublicListing") is False:
        for field in ("companyFilingsURLs", "securitiesListings"):
            if told.get(field):
                what = f"hasPublicListing is false, and there are {field}"
                yield place.breach("listing-without-listing", f"{path}/{field}", what)
    for number, one in _dicts(told.get("securitiesListings")):
        codes = ("marketIdentifierCode", "operatingMarketIdentifierCode")
        given = [code for code in codes if one.get(code)]
        if len(given) == 1:
            where = f"{path}/securitiesListings/{number}/{given[0]}"
            yield place.breach("market-code-alone", where, f"there is only {given[0]}")


def _identifier(one: Mapping[str, Any], number: int, place: Place) -> Iterator[Finding]:
    scheme, value = one.get("scheme"), one.get("id")
    if isinstance(scheme, str) and isinstance(value, str) and scheme.strip() and value.strip():
        doubt = Identifier.of(scheme, value).doubt
        if doubt:
            path = f"/recordDetails/identifiers/{number}/id"
            yield place.breach("identifier-check", path, f"{short(value)}: {doubt}")


def _person(details: Mapping[str, Any], place: Place, today: dt.date) -> Iterator[Finding]:
    born, died = details.get("birthDate"), details.get("deathDate")
    yield from _future(born, "/recordDetails/birthDate", place, today)
    yield from _future(died, "/recordDetails/deathDate", place, today)
    if isinstance(born, str) and _DAY.match(born) and born < _EARLIEST:
        yield place.breach("birth-too-early", "/recordDetails/birthDate", f"born {short(born)}")
    if _before(died, born):
        what = f"{died} lies before {born}"
        yield place.breach("death-before-birth", "/recordDetails/deathDate", what)
    for number, one in _dicts(details.get("identifiers")):
        path, scheme = f"/recordDetails/identifiers/{number}/scheme", one.get("scheme")
        found = _PERSON_SCHEME.fullmatch(scheme) if isinstance(scheme, str) else None
        if isinstance(scheme, str) and (found is None or found[1] not in _COUNTRIES):
            what = f"{short(scheme)} is not like FRA-PASSPORT, FRA-TAXID or FRA-IDCARD"
            yield place.breach("person-scheme", path, what)
    kind = details.get("personType")
    if kind in ("anonymousPerson", "unknownPerson") and "unspecifiedPersonDetails" not in details:
        path = "/recordDetails/personType"
        yield place.breach("unspecified-without-reason", path, f"no reason for {kind}")


def _interest(interest: Mapping[str, Any], path: str, place: Place) -> Iterator[Finding]:
    start, end = interest.get("startDate"), interest.get("endDate")
    if _before(end, start):
        what = f"{end} lies before {start}"
        yield place.breach("interest-ends-before-start", f"{path}/endDate", what)
    share = {key: v for key, v in _dict(interest.get("share")).items() if _is_number(v)}
    path = f"{path}/share"
    if "exact" in share and len(share) > 1:
        others = ", ".join(sorted(share.keys() - {"exact"}))
        yield place.breach("share-exact-and-range", path, f"there are exact and {others}")
    if {"minimum", "exclusiveMinimum"} <= share.keys():
        yield place.breach("share-two-minimums", path, "there are two minimums")
    if {"maximum", "exclusiveMaximum"} <= share.keys():
        yield place.breach("share-two-maximums", path, "there are two maximums")
    lows = [share[key] for key in ("minimum", "exclusiveMinimum") if key in share]
    highs = [share[key] for key in ("maximum", "exclusiveMaximum") if key in share]
    if lows and highs and max(lows) > min(highs):
        what = f"the minimum is {max(lows)}, the maximum {min(highs)}"
        yield place.breach("share-reversed", path, what)
    elif lows and highs and max(lows) == min(highs):
        yield place.breach("share-no-range", path, f"both ends are {max(lows)}")


def _future(told: object, path: str, place: Place, today: dt.date) -> Iterator[Finding]:
    found = _DAY.match(told) if isinstance(told, str) else None
    if found is not None and found[0] > today.isoformat()[: len(found[0])]:
        yield place.breach("date-in-future", path, f"{short(told)} is to come")


def _before(one: object, other: object) -> bool:
    """Return whether a date surely lies before another, to the precision that both have."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    first, second = _DAY.match(one), _DAY.match(other)
    if first is None or second is None:
        return False
    digits = min(len(first[0]), len(second[0]))
    return first[0][:digits] < second[0][:digits]


def _leads_somewhere(statement: object, target: str) -> bool:
    if not target:
        return True
    if not target.startswith("/"):
        return False
    for raw in target[1:].split("/"):
        step = raw.replace("~1", "/").replace("~0", "~")
        if isinstance(statement, dict) and step in statement:
            statement = statement[step]
        elif isinstance(statement, list) and step.isdecimal() and int(step) < len(statement):
            statement = statement[int(step)]
        else:
            return False
    return True


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _dict(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _dicts(value: object) -> Iterator[tuple[int, Mapping[str, Any]]]:
    if isinstance(value, list):
        yield from ((n, one) for n, one in enumerate(value) if isinstance(one, dict))
