"""The explorer in Chromium: from a name to the source of a claim, safe with any label."""

import csv
import io
import json

import pytest

from keiretsu import OwnershipGraph

pytestmark = pytest.mark.browser

SPY = """
window.pwned = [];
for (const name of ['alert', 'confirm', 'prompt']) window[name] = (text) => pwned.push(name + text);
"""
HOSTILE = '</script><img src=x onerror=alert(1)>"\\'
FORMULA = '=HYPERLINK("https://evil.example")'
EVIL = """@prefix kei: <https://w3id.org/keiretsu/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<party/evil> a kei:Person ; rdfs:label "</script><img src=x onerror=alert(1)>\\"\\\\" .
<party/sum> a kei:Company ; rdfs:label "=HYPERLINK(\\"https://evil.example\\")" .
<party/firm> a kei:Company ; rdfs:label "Firm" .
<document/bad> a kei:Document ; kei:title "<b onmouseover=alert(2)>Paper</b>" ;
    kei:url "javascript:alert(3)" .
<claim/1> a kei:Holding ; kei:holder <party/evil> ; kei:issuer <party/firm> ;
    kei:capitalPercentMin 60.0 ; kei:capitalPercentMax 60.0 ; kei:reportedIn <document/bad> .
<claim/2> a kei:Holding ; kei:holder <party/sum> ; kei:issuer <party/firm> ;
    kei:capitalPercentMin 10.0 ; kei:capitalPercentMax 10.0 ; kei:reportedIn <document/bad> .
"""
PARTY = "https://w3id.org/keiretsu/id/party/"
WIDTHS = (1440, 768, 390)


@pytest.fixture(scope="module")
def case(start):
    """Return the address of a server over the alliance."""
    return start(OwnershipGraph.open())


@pytest.fixture(scope="module")
def evil(start, tmp_path_factory):
    """Return the address of a server over hostile names and addresses."""
    path = tmp_path_factory.mktemp("evil") / "evil.ttl"
    path.write_text(EVIL, encoding="utf-8")
    return start(OwnershipGraph.open(path))


@pytest.fixture
def visit(browser):
    """Return a function that opens the explorer; at the end, nothing may have gone wrong there."""
    contexts, requests, complaints, served = [], [], [], []

    def opened(address, fragment="", width=1440, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, accept_downloads=True
        )
        context.add_init_script(SPY)
        contexts.append(context)
        served.append(address)
        page = context.new_page()
        page.on("request", lambda request: requests.append(request.url))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/#{fragment}")
        ready(page)
        return page

    yield opened
    for context in contexts:
        for page in context.pages:
            for frame in page.frames:
                assert [] == frame.evaluate("window.pwned")
        context.close()
    assert [] == complaints
    inside = tuple(f"{address}/" for address in served)
    assert [] == [url for url in requests if not url.startswith((*inside, "data:", "blob:"))]


def ready(page):
    """Wait until the answer is there."""
    page.wait_for_selector("#answer[aria-busy=false] h1", timeout=30_000)


def rows(page, at=0):
    """Return the rows of a table of the page as lists of text."""
    return page.evaluate(
        """(at) => [...document.querySelectorAll('table')[at].tBodies[0].rows].map(
            (row) => [...row.cells].map((cell) => cell.innerText.trim()))""",
        at,
    )


def press(page, *keys):
    """Press keys one after the other."""
    for key in keys:
        page.keyboard.press(key)


def tab_until(page, selector, most=40):
    """Press Tab until an element that matches has the focus."""
    for _ in range(most):
        press(page, "Tab")
        if page.evaluate("(s) => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} is not reached with the Tab key")


def test_from_search_to_the_source_of_a_claim_with_the_keyboard_only(visit, case):
    """A name is typed, its owners are looked at on a day, and the source of one is read."""
    page = visit(case, "as-of=2019-09-03&tab=owners")
    tab_until(page, "#party")
    page.keyboard.type("nissan mot")
    page.wait_for_selector("#found li[aria-selected=true]")
    assert "Nissan" == page.locator("#found li").first.inner_text().split("Company")[0].strip()
    press(page, "Enter")
    page.wait_for_function("() => document.querySelector('h1').textContent === 'Nissan'")
    ready(page)
    first = rows(page)[0]
    assert ("Renault Company", "43.4") == (first[0], first[1])

    tab_until(page, "td button")
    press(page, "Enter")
    assert "Renault in Nissan" == page.locator("#evidence-title").inner_text()
    link = page.locator("#evidence a").first
    assert link.get_attribute("href").startswith("https://media.renaultgroup.com/")
    assert "noopener noreferrer" == link.get_attribute("rel")
    tab_until(page, "#evidence article button")
    press(page, "Enter")
    page.wait_for_selector("#evidence table")
    stated = {row[0] for row in rows(page, 1)}
    assert "https://w3id.org/keiretsu/ontology#holder" in stated
    press(page, "Escape")
    page.wait_for_selector("#evidence", state="hidden")
    assert page.evaluate("document.activeElement.matches('td button')")


def test_tabs_by_arrows(visit, case):
    """Arrows move between the tabs, and what is chosen is in the address."""
    page = visit(case, f"party={PARTY}renault&as-of=2019-09-03&tab=owners")
    page.locator("#tab-owners").focus()
    press(page, "ArrowRight")
    page.wait_for_function("() => location.hash.includes('tab=holdings')")
    ready(page)
    press(page, "ArrowRight")
    page.wait_for_selector("#rule")
    assert "tab-control" == page.evaluate("document.activeElement.id")


def test_control_with_its_reasons(visit, case):
    """The rule decides, and the reason is told."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=control")
    verdicts = {row[0]: row[2] for row in rows(page)}
    assert "impossible" == verdicts["Renault"]
    page.select_option("#rule", "fr-presumption-40")
    page.locator("table").first.locator(".certain").wait_for()
    first = rows(page)[0]
    assert ["Renault", "Nissan", "certain", "43.4"] == first[:4]
    assert "more than 40 %" in first[4]


def test_votes_and_timeline(visit, case):
    """Votes name the rule that took them; the timeline tells who controlled when."""
    page = visit(case, f"party={PARTY}renault&as-of=2019-09-03&tab=votes")
    by_holder = {row[0]: row for row in rows(page)}
    vehicle = next(row for holder, row in by_holder.items() if holder.startswith("Nissan Finance"))
    assert ("0", True) == (vehicle[3], "L.233-31" in vehicle[5])
    page = visit(case, f"party={PARTY}nissan&as-of=2002-03-02&tab=timeline")
    assert ["nobody", "nobody", "Renault"] == [row[2] for row in rows(page)]


def test_the_day_can_be_changed(visit, case):
    """Another day, another answer; the address keeps it."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=owners")
    page.fill("#as-of", "2024-06-30")
    page.wait_for_function(
        "() => document.querySelector('.lead').textContent.includes('2024-06-30')"
    )
    ready(page)
    renault = next(row for row in rows(page) if row[0].startswith("Renault Company"))
    assert "43.4" != renault[1]
    assert "as-of=2024-06-30" in page.url


def test_the_view_in_a_frame_without_rights(visit, case):
    """The page of the view works inside the explorer and cannot reach it."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=picture&depth=1")
    page.wait_for_selector("iframe")
    assert "allow-same-origin" not in page.get_attribute("iframe", "sandbox")
    frame = page.frame_locator("iframe")
    frame.locator("#chart canvas").wait_for(timeout=30_000)
    inner = page.frames[1]
    assert "null" == inner.evaluate("window.origin")
    assert inner.evaluate("keiretsu.shown().length") > 5


def test_a_named_question_and_its_downloads(visit, case):
    """The form has the question's parameters; CSV and JSON have what is shown."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=questions")
    assert "Nissan" == page.input_value("#parameter-company")
    assert "2019-09-03" == page.input_value("#parameter-as_of")
    page.click("button.main")
    page.wait_for_selector("#result table")
    with page.expect_download() as found:
        page.click("text=Download CSV")
    table = list(csv.DictReader(io.StringIO(found.value.path().read_text(encoding="utf-8"))))
    assert "q01-holders.csv" == found.value.suggested_filename
    assert ("Renault", "43.4") == (table[0]["holder_label"], table[0]["capital_percent_min"])
    with page.expect_download() as found:
        page.click("text=Download JSON")
    document = json.loads(found.value.path().read_text(encoding="utf-8"))
    assert len(table) == len(document["results"]["bindings"])


def test_a_query_of_ones_own(visit, case):
    """It runs from the keyboard; what is wrong with it is said in words."""
    page = visit(case, "tab=sparql")
    page.fill("#query", "SELECT (COUNT(*) AS ?n) { ?state a kei:State }")
    page.locator("#query").focus()
    press(page, "Control+Enter")
    page.wait_for_selector("#result table")
    assert [["8"]] == rows(page)
    page.fill("#query", "CONSTRUCT WHERE { ?p a kei:State }")
    press(page, "Control+Enter")
    page.wait_for_selector("#result pre")
    assert "ontology#State>" in page.inner_text("#result pre")


def test_every_example_of_the_editor_has_an_answer(visit, case):
    """What the page offers to start from is answered by the data it was written for."""
    page = visit(case, "tab=sparql")
    examples = page.locator("#example option").count()
    assert 3 == examples
    for number in range(examples):
        page.select_option("#example", str(number))
        page.click("button.main")
        page.wait_for_selector("#result[aria-busy=false]")
        assert len(page.inner_text("#result")) > 300


def test_a_wrong_query_is_told(browser, case):
    """The server's sentence is shown; the browser itself notes the failed request."""
    page = browser.new_page()
    page.goto(f"{case}/#tab=sparql")
    ready(page)
    page.fill("#query", "ASK { SERVICE <http://example.org/> {} }")
    page.click("button.main")
    page.wait_for_selector("#result [role=alert]")
    assert "SERVICE is not allowed here" in page.inner_text("#result")
    page.close()


@pytest.mark.parametrize("tab", ["picture", "owners", "control", "votes", "timeline"])
def test_hostile_labels_stay_text(visit, evil, tab):
    """Markup in a name is shown as it is, and runs nowhere."""
    page = visit(evil, f"party={PARTY}firm&as-of=2024-01-01&tab={tab}")
    if tab == "picture":
        page.frame_locator("iframe").locator("#chart canvas").wait_for(timeout=30_000)
    else:
        assert HOSTILE in page.inner_text("#answer")
    assert 0 == page.locator("#answer img").count()


def test_hostile_sources_and_downloads(visit, evil):
    """An address that is none of the web is no link; a formula does not leave as one."""
    page = visit(evil, f"party={PARTY}firm&as-of=2024-01-01&tab=owners")
    page.locator("td button").first.click()
    assert "<b onmouseover=alert(2)>Paper</b>" in page.inner_text("#evidence")
    assert 0 == page.locator("#evidence a").count()
    assert "not a web address: javascript:alert(3)" in page.inner_text("#evidence")
    press(page, "Escape")
    with page.expect_download() as found:
        page.click("text=Download CSV")
    table = list(csv.reader(io.StringIO(found.value.path().read_text(encoding="utf-8"))))
    assert f"'{FORMULA}" in [row[0] for row in table]
    assert not [cell for row in table for cell in row if cell.startswith(("=", "@", "+"))]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_it_fits_every_width(visit, case, width, scheme):
    """Nothing sticks out at the side, and text is told from its ground."""
    page = visit(case, f"party={PARTY}renault&as-of=2019-09-03&tab=votes", width, scheme)
    assert width == page.evaluate("document.documentElement.scrollWidth")
    ground, ink = page.evaluate(
        """['backgroundColor', 'color'].map((what) =>
            getComputedStyle(document.body)[what].match(/\\d+/g).map(Number))"""
    )
    assert (scheme == "dark") is (sum(ink) > sum(ground))
    assert abs(sum(ink) - sum(ground)) > 450


OVERLAP = """() => {
    const [one, other] = ['#rule', '.bar .quiet'].map(
        (s) => document.querySelector(s).getBoundingClientRect());
    return Math.min(one.right, other.right) > Math.max(one.left, other.left)
        && Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top);
}"""


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_lies_over_the_choice_of_a_rule(visit, case, width):
    """What the rule means stands beside it, or below where there is no room."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=control", width)
    assert page.evaluate(OVERLAP) is False


def test_evidence_goes_with_the_page_that_it_belongs_to(visit, case):
    """Going back or elsewhere closes it."""
    page = visit(case, f"party={PARTY}nissan&as-of=2019-09-03&tab=owners")
    page.locator("td button").first.click()
    page.wait_for_selector("#evidence")
    page.evaluate("location.hash = location.hash.replace('tab=owners', 'tab=votes')")
    page.wait_for_selector("#evidence", state="hidden")
    ready(page)
    assert not page.locator("#evidence").is_visible()
    assert "tab=votes" in page.url
