"""What rdflib takes for the claims of a file of N-Quads, printed as JSON; a process of its own."""

import json
import sys
import time

import rdflib

SELECT = """
PREFIX kei: <https://w3id.org/keiretsu/ontology#>
SELECT ?holder ?issuer ?share WHERE {
  GRAPH ?document { ?claim kei:holder ?holder ; kei:issuer ?issuer ; kei:capitalPercentMin ?share }
}
"""


def main(path: str) -> None:
    """Parse a file and select who holds how much in whom."""
    dataset = rdflib.Dataset()
    begun = time.process_time()
    dataset.parse(path, format="nquads")
    parsed = time.process_time()
    rows = list(dataset.query(SELECT))
    done = time.process_time()
    told = {"parse": parsed - begun, "select": done - parsed, "holdings": len(rows)}
    print(json.dumps(told))


if __name__ == "__main__":
    main(sys.argv[1])
