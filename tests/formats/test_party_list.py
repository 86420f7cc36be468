"""Lists of parties: names, CSV, entities of OpenSanctions, the list of OFAC."""

import json

import pytest
from click.testing import CliRunner

from keiretsu.cli import app
from keiretsu.errors import InputError
from keiretsu.formats.party_list import party_list

SDN = '36,"ACME AIRLINES","-0- ","CUBA",-0- ,-0- \n173,"WORKS, INC.",-0- ,"CUBA",-0- ,-0- \n'
SIMPLE = (
    "id,schema,name,aliases,birth_date,countries,addresses,identifiers,sanctions,dataset\n"
    'NK-1,Company,Acme,"Acme Co;ACME",,fr,,969500F7JLTX36OUI695,EU,eu_fsf\n'
)


def entity(key, name, schema="Company", **more):
    properties = {"name": [name]} | {field: [value] for field, value in more.items()}
    return json.dumps({"id": key, "schema": schema, "properties": properties})


def test_the_simple_csv_of_opensanctions():
    """Numbers before names, each by itself."""
    assert party_list(SIMPLE, "t.csv") == [
        ("969500F7JLTX36OUI695", "NK-1", "Acme", "Acme Co", "ACME")
    ]


def test_the_list_of_ofac():
    """Without headings, commas in quotes."""
    assert party_list(SDN, "sdn.csv") == [("ACME AIRLINES",), ("WORKS, INC.",)]


def test_entities_that_are_listed_themselves():
    """Who is only linked to them is not, if the list tells them apart."""
    lines = [
        entity("a", "Acme", topics="sanction", leiCode="969500F7JLTX36OUI695"),
        entity("b", "Works", topics="sanction.linked"),
        entity("s", "x", schema="Sanction"),
    ]
    assert party_list("\n".join(lines), "x.json") == [("969500F7JLTX36OUI695", "Acme", "a")]
    assert len(party_list("\n".join([entity("a", "A"), entity("b", "B")]), "x.json")) == 2


@pytest.mark.parametrize("bad", ["{", '{"id": 5}', '{"id": "a", "schema": "Person"}'])
def test_a_line_that_is_no_entity_is_refused_with_its_place(bad):
    """Two lines down."""
    with pytest.raises(InputError) as error:
        party_list(f"{entity('a', 'A')}\n\n{bad}\n", "x.json")
    assert error.value.place == "x.json:3"


@pytest.mark.parametrize(
    ("name", "text"),
    [("sdn.csv", SDN), ("targets.simple.csv", SIMPLE), ("x.ftm.json", entity("a", "Acme Co"))],
)
def test_screen_takes_every_form(tmp_path, name, text):
    """Acme is listed and has 60 % of Works; by OFAC's rule Works is caught."""
    data, listed = tmp_path / "d.csv", tmp_path / name
    holder = "ACME AIRLINES" if name == "sdn.csv" else "Acme Co"
    data.write_text(f"holder,issuer,capital_percent\n{holder},Daughter,60\n")
    listed.write_text(text)
    args = ["screen", "--regime", "ofac", "--listed-file", str(listed), "-d", str(data)]
    result = CliRunner().invoke(app, [*args, "-f", "json"])
    caught = json.loads(result.stdout)["caught"]
    assert [(row["company"], row["verdict"]) for row in caught] == [("Daughter", "certain")]
