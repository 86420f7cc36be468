"""What a page costs beside stock pyvis on the same graph; run by ``make bench``, never as a test.

``python benchmarks/views.py [PARTIES ...]`` prints, for graphs of 20, 100, 300 and 1,000 parties:
seconds to make the file, its size, seconds until it is drawn in headless Chromium, and milliseconds
of one frame while the picture is moved, and while it is zoomed. Stock pyvis has its force layout,
as its users get it, and is given up after a minute; its page asks the network for more files, which
are refused at once. Beside each wall clock stands what the processor did: the second figure is
CPU seconds, of Python or of the page's main thread, which others on the machine disturb less.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from playwright.sync_api import Error, sync_playwright

from keiretsu.mirror import snapshot_of_shares
from keiretsu.views import render_html
from keiretsu.views.scene.composer import Composer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession

    from keiretsu.views import Scene

SIZES = (20, 100, 300, 1_000)
PATIENCE = 60_000
"""Milliseconds until a page counts as never drawn."""
_OURS = "() => window.keiretsu && window.keiretsu.shown().length > 0"
_THEIRS = "() => window.drawn === true"
_SPY = """
window.drawn = false;
const timer = setInterval(() => {
  if (typeof network === 'undefined' || !network.once) return;
  clearInterval(timer);
  network.once('stabilizationIterationsDone', () => setTimeout(() => { window.drawn = true; }));
}, 20);
"""
_FRAMES = """async (network) => {
  const middle = async (step) => {
    const frames = [];
    for (let at = 0; at < 15; at += 1) {
      const start = performance.now();
      step(at);
      network.redraw();
      await new Promise((next) => requestAnimationFrame(next));
      frames.push(performance.now() - start);
    }
    return frames.sort((a, b) => a - b)[7];
  };
  const scale = network.getScale();
  return [
    await middle((at) => network.moveTo({ offset: { x: at % 2 ? 9 : -9, y: 0 } })),
    await middle((at) => network.moveTo({ scale: scale * (at % 2 ? 0.5 : 1) })),
  ];
}"""
"""The middle one of fifteen frames, of moving and of zooming: others work on the machine too."""


def ownership(parties: int) -> dict[tuple[str, str], str]:
    """Return a graph of the usual shape: groups a few layers deep, a quarter more across."""
    chance = random.Random(7)  # noqa: S311 - the same graph every time
    shares = {}
    for at in range(1, parties):
        parent = max(0, (at - 1) // 4 - chance.randrange(3))
        shares[f"Party {parent}", f"Party {at}"] = "51%"
    for _ in range(parties // 4):
        one = chance.randrange(parties - 1)
        other = min(parties - 1, one + chance.randint(1, 15))
        shares.setdefault((f"Party {one}", f"Party {other}"), f"{chance.randint(1, 4)}%")
    return shares


def ours(shares: dict[tuple[str, str], str]) -> str:
    """Return our page."""
    scene: Scene = Composer(snapshot_of_shares(shares)).scene([], 1)
    return render_html(scene)


def theirs(shares: dict[tuple[str, str], str]) -> str:
    """Return pyvis's page, with its own template and layout."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pyvis.network import Network  # noqa: PLC0415 - warns on being loaded

    network = Network(directed=True, cdn_resources="in_line", height="740px")
    for name in sorted({end for pair in shares for end in pair}):
        network.add_node(name, label=name)
    for (holder, issuer), share in shares.items():
        network.add_edge(holder, issuer, label=share)
    page: str = network.generate_html()
    return page


def measure(browser: Browser, page: str, ready: str, spy: str = "") -> tuple[str, str, str]:
    """Return seconds to the first picture and milliseconds per frame of each kind, in words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.html"
        path.write_text(page, encoding="utf-8", newline="\n")
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.route("http*://**", lambda route: route.abort())
        if spy:
            context.add_init_script(spy)
        tab = context.new_page()
        session = context.new_cdp_session(tab)
        session.send("Performance.enable", {"timeDomain": "threadTicks"})
        begin = time.perf_counter()
        try:
            tab.goto(path.as_uri(), timeout=PATIENCE)
            tab.wait_for_function(ready, timeout=PATIENCE)
            drawn = f"{time.perf_counter() - begin:.2f}/{_busy(session):.2f} s"
            handle = tab.evaluate_handle("window.keiretsu ? keiretsu.network : network")
            moved, zoomed = (f"{frame:.0f} ms" for frame in handle.evaluate(_FRAMES))
        except Error:
            drawn, moved, zoomed = f"> {PATIENCE // 1000} s", "-", "-"
        context.close()
    return drawn, moved, zoomed


def _busy(session: CDPSession) -> float:
    """Return for how many seconds the page's main thread has worked."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration"))


def main(sizes: list[int]) -> None:
    """Print a line for each size and each of the two."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("no Chromium: install chromium")
    row = "{:>8} {:<10}{:>14}{:>12}{:>15}{:>10}{:>10}"
    load = os.getloadavg()[0]
    print(
        f"load {load:.1f} on {os.cpu_count()} processors; seconds by the clock / of the processor"
    )
    print(row.format("parties", "page", "made", "size", "first picture", "moved", "zoomed"))
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for size in sizes:
            shares = ownership(size)
            for name, make, ready, spy in (
                ("keiretsu", ours, _OURS, ""),
                ("pyvis", theirs, _THEIRS, _SPY),
            ):
                begin, worked = time.perf_counter(), time.process_time()
                page = make(shares)
                worked = time.process_time() - worked
                made = f"{time.perf_counter() - begin:.2f}/{worked:.2f} s"
                weight = f"{len(page.encode()) / 1000:,.0f} kB"
                seen = measure(browser, page, ready, spy)
                print(row.format(size, name, made, weight, *seen), flush=True)
        browser.close()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
