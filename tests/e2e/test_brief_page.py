"""The page in a real browser: it asks for nothing, leads where it says, fits a phone and a sheet, and no report comes alive in it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

HOSTILE = (
    """2025-11-11 Москва

Руската компания <script>alert(1)</script> „Лукойл“ има дялове в находището „Тенгиз“, <img src="https://evil.example/x.png" onerror="alert(2)"> предаде Ройтерс.

[Натиснете](javascript:alert(3)) <a href="https://evil.example/">тук</a> https://evil.example/z {{ 7*7 }} <meta http-equiv="refresh" content="0;url=https://evil.example">

\u202eтскет терво\u202c </mark></article><iframe src="https://evil.example"></iframe> """
    + "Щ" * 600
    + "\n"
)

CONTRAST = """() => {
  const lum = c => { const v = c.map(x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126*v[0] + .7152*v[1] + .0722*v[2]; };
  const rgb = s => (s.match(/[\\d.]+/g) || []).map(Number);
  const seen = new Map();
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const el = walk.currentNode.parentElement;
    if (!walk.currentNode.textContent.trim() || !el.checkVisibility() || el.closest("script,style,.vh,title,desc")) continue;
    const svg = el.closest("svg");
    let box = svg ? svg.parentElement : el, back = null;
    if (svg && /k-on-/.test(el.getAttribute("class") || "")) continue;
    for (; box && !back; box = box.parentElement) {
      const c = rgb(getComputedStyle(box).backgroundColor);
      if (c.length === 3 || c[3] > 0) back = c.slice(0, 3);
    }
    const fore = rgb(svg ? getComputedStyle(el).fill : getComputedStyle(el).color).slice(0, 3);
    const [a, b] = [lum(fore), lum(back || [255, 255, 255])].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    const least = /^[▶◀]$/.test(walk.currentNode.textContent) ? 3 : 4.5;  // an arrow is a drawing, not text
    if (ratio < least) seen.set(`${fore} on ${back}`, `${ratio.toFixed(2)} ${el.tagName}.${el.getAttribute("class")} ${walk.currentNode.textContent.trim().slice(0, 30)}`);
  }
  return [...seen];
}"""


def answered(report: Path, out: Path, *options: str) -> Path:
    """The page of a report, made by the command."""
    done = subprocess.run(
        [sys.executable, "-m", "knockon", "brief", str(report), "--html", str(out), *options],
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    return out


@pytest.fixture(scope="module")
def file(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return answered(example, tmp_path_factory.mktemp("page") / "brief.html")


@pytest.fixture(scope="module")
def bulgarian(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return answered(example, tmp_path_factory.mktemp("page") / "brief.html", "--lang", "bg")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "report.txt").write_text(HOSTILE, "utf-8")
    return answered(folder / "report.txt", folder / "brief.html", "--on", "2025-11-11")


class Watched:
    """What a page did beyond showing itself."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.messages: list[str] = []
        self.dialogs: list[str] = []

    def open(self, file: Path) -> Page:
        address = file.as_uri()

        def decide(route: Any) -> None:
            if route.request.url.partition("#")[0] == address:
                route.continue_()
            else:
                self.requests.append(route.request.url)
                route.abort()

        self.page.route("**/*", decide)
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(str(error)))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.goto(address)
        return self.page


@pytest.fixture
def watched(page: Page) -> Watched:
    page.emulate_media(reduced_motion="reduce")
    return Watched(page)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, is_mobile=True, has_touch=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def scriptless(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


# ---------------------------------------------------------------------------------------------------- a file by itself
def test_it_asks_for_nothing_and_complains_of_nothing(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    page.wait_for_load_state("networkidle")
    assert watched.requests == []
    assert watched.messages == []
    assert page.locator("h1").inner_text()


def test_the_file_is_small_enough_to_mail(file: Path) -> None:
    assert file.stat().st_size < 1_500_000


def test_every_link_in_the_page_arrives(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    assert (
        page.evaluate(
            """[...document.querySelectorAll('a[href^="#"]')].filter(a => !document.getElementById(decodeURIComponent(a.hash.slice(1)))).length"""
        )
        == 0
    )
    assert page.evaluate("document.querySelectorAll('a[href^=\"#\"]').length") > 100


# ---------------------------------------------------------------------------------------------------- from text to claim and back
def test_a_mark_leads_to_its_claim_and_back(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    mark = page.locator("article mark a").first
    claim = str(mark.get_attribute("href"))
    mark.click()
    entry = page.locator(claim)
    assert page.url.endswith(claim)
    assert entry.is_visible()
    assert 0 <= entry.bounding_box()["y"] < 900  # type: ignore[index]
    entry.get_by_role("link", name="in the text").click()
    assert page.url.endswith(claim.replace("#c-", "#q-"))
    box = page.locator(claim.replace("#c-", "#q-")).bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900


def test_every_passage_is_lit_when_one_comes_from_its_claim(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    known = str(page.locator("article mark").first.get_attribute("data-c")).split()[0]
    page.evaluate("hash => { location.hash = hash }", f"q-{known}")
    page.wait_for_function("document.querySelectorAll('mark.lit').length > 0")
    assert page.evaluate(
        "id => [...document.querySelectorAll('mark')].every(m => m.classList.contains('lit') === m.dataset.c.split(' ').includes(id))",
        known,
    )


def test_without_scripts_marks_lead_and_tables_open(scriptless: Page, file: Path) -> None:
    scriptless.goto(file.as_uri())
    scriptless.locator("article mark a").first.click()
    assert "#c-" in scriptless.url
    summary = scriptless.locator("details.data > summary").first
    summary.click()
    assert scriptless.locator("details.data table").first.is_visible()


def test_a_keyboard_reaches_the_answer_first(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"


# ---------------------------------------------------------------------------------------------------- charts
def test_each_chart_stands_beside_its_table(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    charts = page.locator("figure.chart")
    assert charts.count() >= 3
    for i in range(charts.count()):
        chart = charts.nth(i)
        assert chart.locator("svg[role=img] title").first.text_content()
        assert chart.locator("tbody tr").count() > 0


def test_the_bars_of_owners_are_as_long_as_their_table_says(watched: Watched, file: Path) -> None:
    """What is drawn is measured on the screen and compared with the table, for every asset whose bar has one red part."""
    page = watched.open(file)
    page.locator("#chart-ownership details.data > summary").click()
    drawn = page.evaluate("""() => {
      const figure = document.querySelector("#chart-ownership .wide svg");
      const box = e => e.getBoundingClientRect();
      const heads = [...figure.querySelectorAll("text.k-ink")].map(t => [t.textContent, box(t).bottom]).sort((a, b) => a[1] - b[1]);
      const parts = c => [...figure.querySelectorAll("path." + c)].map(box);
      return heads.map(([name, y], i) => {
        const next = i + 1 < heads.length ? heads[i + 1][1] : Infinity;
        const mine = c => parts(c).filter(b => b.top > y - 6 && b.top < next - 6);
        const whole = mine("k-track")[0], red = mine("k-listed");
        return [name, red.length, whole ? red.reduce((s, b) => s + b.width, 0) / whole.width * 100 : null];
      });
    }""")
    table = page.evaluate(
        """[...document.querySelectorAll("#chart-ownership tbody tr")].map(r => [...r.cells].map(c => c.textContent.trim()))"""
    )
    compared = 0
    for name, reds, percent in drawn:
        told = [row[3].removesuffix(" %") for row in table if row[0] == name and row[4] == "directly" and row[5]]
        if reds == len(told) == 1 and told[0].replace(".", "").isdigit():
            assert percent == pytest.approx(float(told[0]), abs=0.3), name
            compared += 1
    assert compared >= 5


# ---------------------------------------------------------------------------------------------------- every reader
@pytest.mark.parametrize("which", ["file", "bulgarian", "hostile"])
def test_a_phone_never_scrolls_sideways(phone: Page, which: str, request: pytest.FixtureRequest) -> None:
    phone.goto(request.getfixturevalue(which).as_uri())
    phone.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    wide = phone.evaluate(
        "[...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('.scroll,svg,.vh') && e.getBoundingClientRect().right > 361).length"
    )
    assert wide == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_can_be_read(watched: Watched, file: Path, scheme: Any) -> None:
    watched.page.emulate_media(color_scheme=scheme)
    page = watched.open(file)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
    assert page.evaluate(CONTRAST) == []
    dark = page.evaluate(
        "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number).reduce((a, b) => a + b) < 200"
    )
    assert dark == (scheme == "dark")


def test_names_inside_the_bars_can_be_read(watched: Watched, file: Path) -> None:
    for scheme in ("light", "dark"):
        watched.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        page = watched.page if scheme == "dark" else watched.open(file)
        ratios = page.evaluate("""() => {
          const lum = c => { const v = c.map(x => (x /= 255) <= .03928 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4); return .2126*v[0] + .7152*v[1] + .0722*v[2]; };
          const value = name => { const e = document.querySelector(".f-" + name) || document.body.appendChild(Object.assign(document.createElement("i"), {className: "f-" + name}));
            return lum(getComputedStyle(e).backgroundColor.match(/\\d+/g).map(Number)); };
          const pairs = [["on-fill", "listed"], ...["party-1", "party-2", "party-3", "rest"].map(p => ["on-party", p])];
          return pairs.map(([a, b]) => { const [x, y] = [value(a), value(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); });
        }""")
        assert min(ratios) >= 4.5, (scheme, ratios)


def test_it_prints_with_everything_that_matters(watched: Watched, file: Path) -> None:
    page = watched.open(file)
    page.emulate_media(media="print")
    assert not page.locator("nav").is_visible()
    assert page.locator("#chart-ownership .wide").is_visible()
    assert page.locator("#chart-ownership .narrow").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('tbody tr')).breakInside") == "avoid"
    assert page.evaluate(
        """[...document.querySelectorAll('a.out')].every(a => a.textContent === a.getAttribute('href'))"""
    )
    sheet = page.pdf(prefer_css_page_size=True)
    assert sheet.startswith(b"%PDF-")
    assert sheet.count(b"/Type /Page") > 3


def test_a_report_does_not_come_alive(watched: Watched, hostile: Path) -> None:
    page = watched.open(hostile)
    page.wait_for_timeout(500)
    assert page.url == hostile.as_uri()
    assert (watched.dialogs, watched.requests, watched.messages) == ([], [], [])
    assert page.locator("script").count() == 1
    assert (
        page.locator("iframe, img, object, embed, form, article a[href*='evil'], article a[href^='javascript']").count()
        == 0
    )
    shown = page.locator("article").inner_text()
    assert "<script>alert(1)</script>" in shown
    assert "{{ 7*7 }}" in shown
    assert "‹U+202E›" in shown


def test_the_policy_would_stop_a_script_that_slipped_in(watched: Watched, file: Path, tmp_path: Path) -> None:
    """The second wall: even with markup that a fault let through, nothing runs and nothing is fetched."""
    broken = tmp_path / "broken.html"
    evil = '<script>alert(1)</script><img src="https://evil.example/x.png" onerror="alert(2)"><iframe src="https://evil.example"></iframe>'
    broken.write_text(file.read_text("utf-8").replace("</main>", f"{evil}</main>"), "utf-8")
    page = watched.open(broken)
    page.wait_for_timeout(500)
    assert watched.dialogs == []
    assert [r for r in watched.requests if "evil" in r] == []
    assert watched.messages  # the browser says that it refused
