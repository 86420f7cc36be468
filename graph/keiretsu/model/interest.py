"""Kinds of interest that a holder can have in an issuer."""

from __future__ import annotations

from enum import StrEnum


class Interest(StrEnum):
    """What kind of interest a holding is; the notation of a code of the ontology."""

    SHAREHOLDING = "shareholding"
    """Shares, with the capital and the votes that they carry."""
    VOTING_RIGHTS = "voting-rights"
    """Votes without capital."""
    BENEFICIARY = "beneficiary-of-legal-arrangement"
    """The economic benefit of a trust or another arrangement, without its votes."""
    APPOINTMENT_OF_BOARD = "appointment-of-board"
    """The right to appoint or remove those who direct the issuer."""
    OTHER_INFLUENCE_OR_CONTROL = "other-influence-or-control"
    """Influence or control of another kind."""
    SENIOR_MANAGING_OFFICIAL = "senior-managing-official"
    """Control by managing the issuer."""
    SETTLOR = "settlor"
    """Who put property into a trust."""
    TRUSTEE = "trustee"
    """Who holds the property of a trust for others."""
    PROTECTOR = "protector"
    """Who watches over a trust."""
    RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION = "rights-to-surplus-assets-on-dissolution"
    """A part of what is left when the issuer is wound up."""
    RIGHTS_TO_PROFIT_OR_INCOME = "rights-to-profit-or-income"
    """A part of the profit, granted by contract."""
    RIGHTS_GRANTED_BY_CONTRACT = "rights-granted-by-contract"
    """What a contract grants."""
    CONDITIONAL_RIGHTS_GRANTED_BY_CONTRACT = "conditional-rights-granted-by-contract"
    """What a contract grants on a condition, such as an option."""
    CONTROL_VIA_COMPANY_RULES_OR_ARTICLES = "control-via-company-rules-or-articles"
    """Control by the articles, such as a golden share."""
    CONTROL_BY_LEGAL_FRAMEWORK = "control-by-legal-framework"
    """Control by law, such as that of a State over its agency."""
    BOARD_MEMBER = "board-member"
    """A seat on the board."""
    BOARD_CHAIR = "board-chair"
    """The chair of the board."""
    UNKNOWN_INTEREST = "unknown-interest"
    """An interest of which the kind is not known."""
    UNPUBLISHED_INTEREST = "unpublished-interest"
    """An interest of which the kind is not published."""
    ENJOYMENT_AND_USE_OF_ASSETS = "enjoyment-and-use-of-assets"
    """The use of what belongs to the issuer."""
    RIGHT_TO_PROFIT_OR_INCOME_FROM_ASSETS = "right-to-profit-or-income-from-assets"
    """The profit of what belongs to the issuer."""
    NOMINEE = "nominee"
    """Who holds for another, as that one says."""
    NOMINATOR = "nominator"
    """Who lets another hold, and says how."""
    CONSOLIDATION = "consolidation"
    """The issuer is in the holder's consolidated accounts; how much is held is not told."""

    @property
    def is_measured(self) -> bool:
        """Whether it is a part of the capital or of the votes, so that measures read it.

        Examples
        --------
        >>> Interest.SHAREHOLDING.is_measured, Interest.APPOINTMENT_OF_BOARD.is_measured
        (True, False)
        """
        return self in _MEASURED

    @property
    def carries_votes(self) -> bool:
        """Whether what is held has votes, if it is a part of the capital."""
        return self not in _WITHOUT_VOTES


_WITHOUT_VOTES = frozenset({Interest.BENEFICIARY, Interest.RIGHTS_TO_SURPLUS_ASSETS_ON_DISSOLUTION})
_MEASURED = _WITHOUT_VOTES | {
    Interest.SHAREHOLDING,
    Interest.VOTING_RIGHTS,
    Interest.CONSOLIDATION,
}
