"""Scripts, styles and fonts as the running office serves them: hashed, kept for ever, compressed, none missing."""

import gzip
import re
import urllib.error
import urllib.request

from office_process import running

YEAR = 31_536_000


def test_every_file_of_a_page_is_there_and_may_be_kept_for_ever(fresh):
    with running(fresh, "--workers", "1") as office:
        page = office.ask("/no/such/page/").text
        wanted, seen = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', page)), {}
        assert len(wanted) > 5
        while wanted - set(seen):
            path = min(wanted - set(seen))
            found = seen[path] = office.ask(path)
            assert found.status == 200, path
            assert f"max-age={10 * YEAR}" in found.headers["Cache-Control"], path
            assert "immutable" in found.headers["Cache-Control"], path
            assert re.search(r"\.[0-9a-f]{12}\.\w+$", path), path
            base = path.rpartition("/")[0]
            imports = re.findall(r'(?:from|import)\s*"\./([^"]+)"', found.text) if path.endswith(".js") else []
            wanted |= {f"{base}/{name}" for name in imports}
        assert len([path for path in seen if path.endswith(".js")]) > 3, "scripts that other scripts import"


def test_files_are_compressed_and_pages_are_not(fresh):
    with running(fresh, "--workers", "1") as office:
        page = _ask(office.port, "/no/such/page/")
        assert "Content-Encoding" not in page.headers
        path = re.search(r'href="(/static/[^"]+\.css)"', page.read().decode())[1]
        style = _ask(office.port, path)
        assert style.headers["Content-Encoding"] == "gzip"
        assert b"{" in gzip.decompress(style.read())


def _ask(port, path):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Accept-Encoding": "gzip, br"})
    try:
        return urllib.request.urlopen(request, timeout=300)
    except urllib.error.HTTPError as found:
        return found


def test_what_no_page_of_the_office_asks_for_is_not_laid_out(fresh):
    """The viewers that the API's framework brings were twenty-four megabytes of twenty-six."""
    with running(fresh, "--workers", "1") as office:
        assert office.ask("/healthz").status == 200
    folder = fresh / "static"
    assert (folder / "web").is_dir() and (folder / "mfa").is_dir() and not (folder / "ninja").exists()
    assert sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) < 4 << 20
