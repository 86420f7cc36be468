"""Finding a party by what a person calls it."""

import pytest

from keiretsu.errors import AmbiguousNameError, NameNotFoundError
from keiretsu.model import Party
from keiretsu.snapshot import Directory

PARTIES = (
    Party(
        id="urn:renault",
        label="Renault",
        aliases=("Régie Renault",),
        identifiers=(("LEI", "969500F7"),),
    ),
    Party(id="urn:rsm", label="Renault Samsung Motors"),
    Party(id="urn:nissan", label="Nissan", aliases=("日産自動車", "Nissan Motor Co., Ltd.")),
    Party(id="urn:twin-1", label="Twin"),
    Party(id="urn:twin-2", label="Twin"),
)
FOUND = {
    "by IRI": ("urn:rsm", 1),
    "by label": ("Renault", 0),
    "never by a part of a label": ("renault", 0),
    "without accents": ("regie renault", 0),
    "by identifier": ("969500F7", 0),
    "in full width": ("ＮＩＳＳＡＮ", 2),
    "in another script": ("日産自動車", 2),
    "by a unique prefix": ("~renault s", 1),
}


@pytest.mark.parametrize(("name", "expected"), FOUND.values(), ids=FOUND)
def test_a_party_is_found(name, expected):
    """Whole names, identifiers and IRIs are found; case, accents and width do not matter."""
    assert expected == Directory(PARTIES).find(name)


@pytest.mark.parametrize("name", ["Ren", "Renault S", "~xyz", "", "Renault Samsung"])
def test_no_part_of_a_name_is_a_name(name):
    """A part of a name is not a name, unless a prefix is asked for."""
    with pytest.raises(NameNotFoundError, match="no party is named"):
        Directory(PARTIES).find(name)


@pytest.mark.parametrize(
    ("name", "candidates"),
    [("Twin", "urn:twin-1, urn:twin-2"), ("~ren", "Renault, Renault Samsung Motors")],
)
def test_several_are_not_one(name, candidates):
    """Where several have the name they are listed, by IRI if their labels are the same."""
    with pytest.raises(AmbiguousNameError, match=candidates):
        Directory(PARTIES).find(name)


def test_a_list_is_split_only_if_it_is_no_name():
    """A label with a comma is a label; what is none is a list."""
    directory = Directory(PARTIES)
    assert [2, 0] == directory.find_all(["Nissan Motor Co., Ltd.", "Renault"])
    assert [0, 2] == directory.find_all(["Renault, Nissan"])
    with pytest.raises(NameNotFoundError, match="no party is named 'Fiat'"):
        directory.find_all(["Renault, Fiat"])
