"""A reader of the documentation, who does in order what a page says, in one process."""

import argparse
import asyncio
import csv
import doctest
import io
import json
import re
import shlex
import shutil
import tomllib
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import rdflib
from click.testing import CliRunner

from keiretsu.cli import app
from keiretsu.cli.world import Source
from keiretsu.ownership_graph import OwnershipGraph
from keiretsu.service import Settings, application

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(
    r'^```(?P<language>\w*)(?: title="(?P<title>[^"]+)")?\n(?P<text>.*?)^```$',
    re.MULTILINE | re.DOTALL,
)
SAMPLES = ROOT / "tests" / "formats" / "samples"
GIVEN = {
    "registers.md": {
        "persons-with-significant-control-snapshot-2024-01-01.zip": "psc/psc-snapshot.jsonl",
        "psc.jsonl": "psc/psc-snapshot.jsonl",
        "rr-golden-copy.csv.zip": "gleif/rr.csv",
    },
    "formats.md": {"bulk": "bods-tables", "bulk.zip": "bods-tables/csv"},
}
"""Files that readers of a page have from elsewhere, and the samples that stand for them."""
SHOWN = {"text": "what is only looked at", "r": "R is not installed with the tests"}
SET_UP = ("pip", "git", "make", ".", "cd", "python", "eval")
PREFIXES = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix graph: <https://w3id.org/keiretsu/id/graph/> .
@prefix edit: <https://w3id.org/keiretsu/id/edit/> .
@prefix claim: <https://w3id.org/keiretsu/id/claim/> .
"""
OUTPUT = doctest.OutputChecker()
FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


@dataclass(frozen=True)
class Command:
    """A command of a console block, and what stands below it."""

    text: str
    wanted: str


def give(samples):
    """Put samples where the reader stands, packed if their name says so."""
    for name, sample in samples.items():
        if name.endswith(".zip"):
            found = SAMPLES / sample
            with zipfile.ZipFile(name, "w") as packed:
                for path in sorted(found.iterdir()) if found.is_dir() else [found]:
                    packed.write(path, path.name)
        elif (SAMPLES / sample).is_dir():
            shutil.copytree(SAMPLES / sample, name)
        else:
            shutil.copy(SAMPLES / sample, name)


def commands(text):
    """Return the commands of a console block; without a prompt every line is one."""
    lines = text.replace("\\\n", " ").splitlines()
    if not any(line.startswith("$ ") for line in lines):
        return [Command(line, "") for line in lines if line.strip()]
    found = []
    for line in lines:
        if line.startswith("$ "):
            found.append([line[2:]])
        else:
            found[-1].append(line)
    return [Command(first, "\n".join(rest).strip()) for first, *rest in found]


class Reader:
    """Reads pages: writes the files that they show, runs what they tell to run."""

    def __init__(self, call, server):
        self.call, self.app = call, server
        self.names, self.status, self.done = {"__name__": "__main__"}, 0, []

    def read(self, page):
        """Do everything that a page says; return how many blocks were tried, by language."""
        text = page.read_text(encoding="utf-8")
        give(GIVEN.get(page.name, {}))
        tried = []
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            self.where = f"{page.name}:{line}"
            self.take(block["language"], block["title"], block["text"])
            tried.append(block["language"])
        assert len(tried) == len(re.findall(r"^```", text, re.MULTILINE)) / 2, page
        return tried

    def take(self, language, title, text):
        """Try one block."""
        if title is not None:
            target = Path(title)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        elif language not in SHOWN:
            getattr(self, f"try_{language}")(text)

    def try_console(self, text):
        """Run the commands, and compare what they print where the page shows it."""
        pairs = commands(text)
        assert pairs, self.where
        for command, after in zip(pairs, [*pairs[1:], None], strict=True):
            printed = self.run(command.text)
            told = after is not None and after.text.startswith("echo $?")
            assert told or self.status == 0, (self.where, command.text, printed)
            if command.wanted:
                fits = OUTPUT.check_output(command.wanted + "\n", printed, FLAGS)
                assert fits, f"{self.where}: {command.text}\n{printed}"

    def run(self, command):
        """Run one command and return what it prints."""
        program, *args = shlex.split(command, comments=True)
        self.done.append(program)
        if program == "echo":
            told, self.status = self.status, 0
            return f"{told}\n"
        if program in SET_UP:
            check_set_up(program, args)
            return ""
        if program == "curl":
            return self.curl(args)
        assert program == "keiretsu", (self.where, command)
        target = args.pop() if args[-2:-1] == [">"] else None
        args = args[:-1] if target else args
        if args[0] == "serve":
            parse("serve", args[1:])
            return ""
        outcome = self.call(*args)
        self.status = outcome.exit_code
        if target:
            Path(target).write_text(outcome.stdout, encoding="utf-8")
            return ""
        return outcome.output

    def curl(self, args):
        """Ask the server in this process what curl would ask it."""
        asked = curl_arguments().parse_args(args)
        headers = dict(one.split(": ", 1) for one in asked.header)
        pairs = [encoded(one) for one in asked.urlencode]
        path = re.fullmatch(r"http://127\.0\.0\.1:8000(/.*)", asked.url)[1]
        form = {} if asked.get else {"data": dict(pairs)}
        request = httpx.Request(
            "POST" if pairs and not asked.get else "GET",
            f"http://127.0.0.1:8000{path}",
            params=pairs if asked.get else None,
            headers=headers,
            **form,
        )
        # in a thread: the driver of a browser may have a loop running in this one
        with ThreadPoolExecutor(1) as pool:
            response = pool.submit(asyncio.run, answered(self.app(), request)).result()
        self.status = 0 if response.status_code == 200 else 22
        return response.text

    def try_python(self, text):
        """Run a script, or an interactive session with what it shows."""
        if ">>> " in text:
            self.try_pycon(text)
        else:
            exec(compile(text, self.where, "exec"), self.names)  # noqa: S102 - our own text

    def try_pycon(self, text):
        """Run an interactive session; names stay for the rest of the page."""
        script = doctest.DocTestParser().get_doctest(text, self.names, self.where, None, 0)
        told = []
        doctest.DocTestRunner(optionflags=FLAGS).run(script, out=told.append, clear_globs=False)
        assert not told, "".join(told)
        assert script.examples, self.where
        self.names = script.globs

    def try_sparql(self, text):
        """Ask the bundled data."""
        assert OwnershipGraph.open().query(text) is not None

    def try_turtle(self, text):
        """Read it with the prefixes of the project."""
        parsed = rdflib.Dataset().parse(data=PREFIXES + text, format="trig")
        assert len(parsed) > 0, self.where

    try_trig = try_turtle

    def try_json(self, text):
        """Read it."""
        assert json.loads(text) is not None

    def try_toml(self, text):
        """Read it."""
        assert tomllib.loads(text)

    def try_csv(self, text):
        """Every row has as many cells as the first."""
        assert len({len(row) for row in csv.reader(io.StringIO(text))}) == 1, self.where


async def answered(served, request):
    """Return the response of a server in this process."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(served)) as client:
        return await client.send(request)


def parse(name, args):
    """Parse the arguments of a command that is not run here."""
    context = app.make_context("keiretsu", [name])
    command = app.get_command(context, name)
    assert command.make_context(name, args, parent=context).params


def curl_arguments():
    """Return the part of curl's command line that pages may use."""
    parser = argparse.ArgumentParser(exit_on_error=False)
    parser.add_argument("url")
    parser.add_argument("-s", "--silent", action="store_true")
    parser.add_argument("-G", "--get", action="store_true")
    parser.add_argument("-H", "--header", action="append", default=[])
    parser.add_argument("--data-urlencode", dest="urlencode", action="append", default=[])
    return parser


def encoded(text):
    """Return what curl makes of NAME=VALUE or NAME@FILE."""
    name, sign, rest = re.fullmatch(r"(\w[\w-]*)([=@])(.*)", text, re.DOTALL).groups()
    return name, rest if sign == "=" else Path(rest).read_text(encoding="utf-8")


def check_set_up(program, args):
    """See that what sets things up, and is not run, names what there is."""
    if program == "make":
        targets = [arg for arg in args if "=" not in arg]
        known = (ROOT / "Makefile").read_text(encoding="utf-8")
        assert all(re.search(rf"^{target}:", known, re.MULTILINE) for target in targets), args
    if program == "pip":
        project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
        extras = re.findall(r"keiretsu\[([\w,]+)\]", " ".join(args))
        asked = {name for group in extras for name in group.split(",")}
        assert asked <= set(project["optional-dependencies"]), args


@pytest.fixture(scope="session")
def alliance():
    """Load the bundled data once."""
    return OwnershipGraph.open()


@pytest.fixture
def reader(monkeypatch, tmp_path, alliance):
    """Return a reader in an empty folder; the bundled data comes from memory."""
    load, opened = Source.open, OwnershipGraph.open
    monkeypatch.setattr(Source, "open", lambda source: load(source) if source.data else alliance)
    monkeypatch.setattr(
        OwnershipGraph,
        "open",
        lambda *files, **options: opened(*files, **options) if files or options else alliance,
    )
    monkeypatch.chdir(tmp_path)

    def call(*args):
        return CliRunner().invoke(app, list(args))

    def server():
        return application(alliance, Settings(require_isolation=False))

    return Reader(call, server)
