"""Corrections by users: claims added, rejected and superseded in a file, and taken back.

Nothing that a file says is changed. An edit is appended to it; whoever loads the file applies it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keiretsu.errors import InputError, NameNotFoundError
from keiretsu.model import ClaimSet, EditKind, Holding, PartialDate, Party, Status
from keiretsu.ownership_graph.editing_doubts import doubts
from keiretsu.ownership_graph.editing_names import find_claim, new_party
from keiretsu.ownership_graph.graph import OwnershipGraph
from keiretsu.snapshot.directory import Directory
from keiretsu.store.codec.edits import make_edit
from keiretsu.store.editing.editor import append, take_back

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keiretsu.model import Caution, Claim, Document, Edit, PartyKind
    from keiretsu.ownership_graph.editing_file import EditedFile
    from keiretsu.ownership_graph.editing_values import Citation, HoldingValues
    from keiretsu.ownership_graph.loading import Material
    from keiretsu.store.editing.editor import RdfFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of an edit.

    Parameters
    ----------
    edit
        The edit that was written or taken back.
    before, after
        All claims before and after; the claims of the other files are among them.
    claim
        The claim that was added or rejected; None for a removal.
    new_parties
        Parties that had to be made.
    cautions
        What the edit leaves to be looked at.
    """

    edit: Edit
    before: ClaimSet
    after: ClaimSet
    claim: Claim | None = None
    new_parties: tuple[Party, ...] = ()
    cautions: tuple[Caution, ...] = ()


class Editor:
    """Edits a file in the light of all the data that it stands beside.

    Parameters
    ----------
    materials
        All data that is read, without the file that is edited.
    file
        The file that is edited.
    lenient
        Whether malformed rows of tables among `materials` are skipped.

    Examples
    --------
    >>> import tempfile
    >>> from keiretsu.ownership_graph.editing_file import EditedFile
    >>> from keiretsu.ownership_graph.editing_values import Citation, HoldingValues
    >>> from keiretsu.ownership_graph.loading import bundled
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = EditedFile.at(f"{folder}/mine.trig")
    ...     editor = Editor([bundled()], file)
    ...     paper = Citation(title="Nikkei, morning edition", date="2019-10-01")
    ...     outcome = editor.add("Renault", "Nissan", HoldingValues(percent="43.5"), paper)
    ...     print(outcome.edit.kind, outcome.claim.capital, file.path.exists())
    ...     print(editor.undo().edit.number, file.path.exists())
    Addition 43.5 % True
    1 False
    """

    def __init__(
        self, materials: Sequence[Material], file: EditedFile, *, lenient: bool = False
    ) -> None:
        self.materials, self.file, self.lenient = list(materials), file, lenient

    def claims(self) -> ClaimSet:
        """Return all claims, those of the edited file among them."""
        return self._open().claims

    def log(self) -> list[Edit]:
        """Return the edits of the file in their order."""
        return self.file.content.edits()

    def add(
        self,
        holder: str,
        issuer: str,
        values: HoldingValues,
        citation: Citation,
        *,
        kinds: tuple[PartyKind, PartyKind] | None = None,
        on: str | None = None,
    ) -> Outcome:
        """Add a holding that a source tells.

        Parameters
        ----------
        holder, issuer
            Names of parties.
        values
            What is held.
        citation
            Who says so.
        kinds
            Kinds of a holder and an issuer that are to be made if there is none of the name; None
            to refuse such names.
        on
            Date of the edit, if it is to be noted.

        Raises
        ------
        NameNotFoundError
            If no party has a name and none may be made.
        InputError
            If a value cannot be read, or the file cannot be edited.
        """
        graph = self._open()
        before = graph.claims
        parties = [
            _party(name, before, None if kinds is None else kind)
            for name, kind in zip((holder, issuer), kinds or (None, None), strict=True)
        ]
        claim = values.holding(parties[0].id, parties[1].id, citation, before)
        new = tuple(one for one in dict.fromkeys(parties) if one.id not in before.parties)
        edit = self._edit(EditKind.ADDITION, claim.id, on, None)
        documents = (citation.document(),)
        return self._write(edit, graph, claim, documents=documents, parties=new)

    def reject(self, claim: str, reason: str, *, on: str | None = None) -> Outcome:
        """Reject a claim of whatever kind: it stays on record and is no longer read.

        Raises
        ------
        InputError
            If there is no such claim, it is rejected already, or no reason is given.
        """
        graph = self._open()
        found = find_claim(claim, graph.claims)
        if found.status is Status.REJECTED:
            raise InputError("the claim is rejected already", place=found.id, mend="nothing to do")
        if not reason.strip():
            raise InputError("a rejection needs its reason", mend="give it with --reason")
        return self._write(self._edit(EditKind.REJECTION, found.id, on, reason), graph, found)

    def supersede(
        self,
        claim: str,
        values: HoldingValues,
        citation: Citation,
        *,
        reason: str | None = None,
        on: str | None = None,
    ) -> Outcome:
        """Add a holding in the place of another: the old one stays on record.

        Raises
        ------
        InputError
            If there is no such claim, it is no holding, it is superseded already, or a value
            cannot be read.
        """
        graph = self._open()
        before = graph.claims
        old = find_claim(claim, before)
        if not isinstance(old, Holding):
            kind = type(old).__name__
            problem = f"the claim is a {kind}; only holdings are superseded here"
            raise InputError(
                problem, place=old.id, mend="reject it, and add what is right to a file"
            )
        if old.status is Status.SUPERSEDED:
            by = [one.id for one in before.holdings if old.id in one.supersedes]
            mend = f"supersede {', '.join(by)} instead" if by else "choose the newer claim"
            raise InputError("the claim is superseded already", place=old.id, mend=mend)
        new = values.superseding(old, citation, before)
        edit = self._edit(EditKind.SUPERSESSION, new.id, on, reason)
        return self._write(edit, graph, new, documents=(citation.document(),))

    def undo(self) -> Outcome:
        """Take back the last edit: the file is as it was before, byte for byte.

        Raises
        ------
        InputError
            If there is none, or it has been changed by hand.
        """
        shorter, edit = take_back(self.file.content)
        before = self.claims()
        after = self._graph(shorter)
        self.file.write(shorter)
        claim = next((one for one in before.every_claim() if one.id == edit.claim), None)
        return Outcome(edit=edit, before=before, after=after.claims, claim=claim)

    def next_number(self) -> int:
        """Return the number of the next edit of the file."""
        return max((one.number for one in self.log()), default=0) + 1

    def commit(self, content: RdfFile) -> OwnershipGraph:
        """Write the file, if all the data can still be loaded with it; return the data.

        Raises
        ------
        InputError
            If the data cannot be loaded; the file is then as it was.
        """
        graph = self._graph(content)
        self.file.write(content)
        return graph

    def _edit(self, kind: EditKind, claim: str, on: str | None, reason: str | None) -> Edit:
        date = PartialDate.parse(on) if on else None
        words = " ".join((reason or "").split()) or None
        return make_edit(kind, self.next_number(), claim, on=date, reason=words)

    def _write(
        self,
        edit: Edit,
        graph: OwnershipGraph,
        claim: Claim,
        *,
        documents: Iterable[Document] = (),
        parties: tuple[Party, ...] = (),
    ) -> Outcome:
        brings = edit.kind is not EditKind.REJECTION and isinstance(claim, Holding)
        said = ClaimSet(
            parties={one.id: one for one in parties},
            documents={one.id: one for one in documents},
            holdings=(claim,) if brings and isinstance(claim, Holding) else (),
            edits=(edit,),
        )
        before, content = graph.claims, append(self.file.content, said)
        # all that the file said is there already, under the same names: only the edit comes in
        graph.store.load_bytes(content.text, content.syntax, content.name)
        after = graph.claims
        kept = next((one for one in after.every_claim() if one.id == claim.id), None)
        if kept is None:
            problem = "the claim is about a person who was removed on request"
            raise InputError(problem, mend="leave the person out")
        cautions = {*graph.cautions, *graph.store.cautions(), *doubts(before, after, claim)}
        self.file.write(content)
        return Outcome(
            edit=edit,
            before=before,
            after=after,
            claim=kept,
            new_parties=parties,
            cautions=tuple(sorted(cautions)),
        )

    def _open(self) -> OwnershipGraph:
        return self._graph(self.file.content)

    def _graph(self, content: RdfFile) -> OwnershipGraph:
        own = [self.file.material(content)] if content.statements() else []
        return OwnershipGraph.of([*self.materials, *own], lenient=self.lenient)


def _party(name: str, claims: ClaimSet, kind: PartyKind | None) -> Party:
    parties = list(claims.parties.values())
    try:
        return parties[Directory(parties).find(name)]
    except NameNotFoundError:
        if kind is None or name.startswith("~") or not name.strip():
            raise
        made = new_party(name, kind)
        return claims.parties.get(made.id, made)
