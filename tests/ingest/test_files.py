from __future__ import annotations

import gzip
import os
import random
import sys
from pathlib import Path

import pytest

from variorum.errors import UnreadableError
from variorum.ingest import IngestOptions, iter_pages, make_page_from_bytes, make_page_from_text
from variorum.model.article import Failure, Page

TEXT = "Ferry sinks off Karsa\n\nA ferry sank off Karsa on Monday, the harbour master said.\n"


def read(*inputs: Path | str, **options: object) -> tuple[list[Page], list[Failure]]:
    found = list(iter_pages([str(name) for name in inputs], IngestOptions(**options)))  # type: ignore[arg-type]
    pages = [item for item in found if isinstance(item, Page)]
    return pages, [item for item in found if isinstance(item, Failure)]


def read_failure(*inputs: Path | str, **options: object) -> Failure:
    pages, failures = read(*inputs, **options)
    assert not pages
    (failure,) = failures
    assert failure.stage == "ingest"
    assert "\n" not in failure.reason
    return failure


def write(path: Path, content: str | bytes = TEXT) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", ["one.txt", "one.text", "one.md", "one", "one.story"])
def test_plain_text_is_untouched(tmp_path: Path, name: str) -> None:
    """Line ends, leading and trailing space stay as they are in the file."""
    text = "  Ferry sinks\r\n\r\n\tIt sank.\r \u2028 The end. \n\n"

    (page,), _ = read(write(tmp_path / name, text))

    assert text == page.content
    assert page.media == "text"
    assert page.path == name


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (TEXT.encode("utf-8-sig"), TEXT),
        (TEXT.encode("utf-16"), TEXT),
        (TEXT.encode("utf-16-le"), TEXT),
        (TEXT.encode("utf-32"), TEXT),
        ("“Adieu”, said Zoé – at last.".encode("cp1252"), "“Adieu”, said Zoé – at last."),
        ("Паром затонул у берегов Карсы в понедельник. ".encode("cp1251") * 9,
         "Паром затонул у берегов Карсы в понедельник. " * 9),
    ],
)  # fmt: skip
def test_encodings_are_told(tmp_path: Path, data: bytes, expected: str) -> None:
    """A mark, the look of the bytes, and only then a guess; the mark is not in the text."""
    (page,), _ = read(write(tmp_path / "one.txt", data))

    assert expected == page.content


def test_declared_charset_of_a_page_counts(tmp_path: Path) -> None:
    """HTML says its own encoding."""
    html = '<html><head><meta charset="iso-8859-2"></head><body>Łódź</body></html>'

    (page,), _ = read(write(tmp_path / "one.html", html.encode("iso-8859-2")))

    assert "Łódź" in page.content


def test_declaration_counts_for_the_whole_page(tmp_path: Path) -> None:
    """A page that begins with thousands of plain letters may still be no UTF-8."""
    html = (
        f'<html><head><meta charset="iso-8859-1"></head><body>{"It sank. " * 999}Zoë</body></html>'
    )

    (page,), _ = read(write(tmp_path / "one.html", html.encode("iso-8859-1")))

    assert "Zoë" in page.content


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_stray_byte_leaves_the_rest_of_a_text(tmp_path: Path, mark: str) -> None:
    """A text is UTF-8 though one byte of it is not; that one is read as Windows-1252."""
    data = f"{mark}“A ferry sank”, said Zoé – ".encode() + b"at the caf\xe9, \x81."

    (page,), _ = read(write(tmp_path / "one.txt", data))

    assert page.content == "“A ferry sank”, said Zoé – at the café, \ufffd."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("«\xa0L'école de Karsa est fermée\xa0», dit-on au «\xa0café\xa0»…", "cp1252"),
        ("„Das macht Spaß“, sagte der Bürgermeister von Karsa.", "cp1252"),
        ("周一，一艘渡轮在卡尔萨附近沉没，港务局长表示，救援人员已经抵达现场。", "gbk"),
        ("月曜日、フェリーがカルサ沖で沈没したと港長が述べた。", "shift_jis"),
        ("월요일 카르사 앞바다에서 여객선이 침몰했다고 항만 책임자가 말했다.", "euc-kr"),
    ],
)
def test_bytes_that_are_utf8_by_chance(tmp_path: Path, text: str, encoding: str) -> None:
    """A few such in a text of another encoding do not make it UTF-8."""
    html = f'<html><head><meta charset="{encoding}"></head><body>{text}</body></html>'

    (page,), _ = read(write(tmp_path / "one.html", html.encode(encoding)))

    assert text in page.content


def test_false_declaration_of_utf8(tmp_path: Path) -> None:
    """A page that says UTF-8 and is not is read by its looks."""
    html = '<html><head><meta charset="utf-8"></head><body>Zoé of Karsa</body></html>'

    (page,), _ = read(write(tmp_path / "one.html", html.encode("cp1252")))

    assert "Zoé of Karsa" in page.content


def test_header_block_is_read_and_left_out(tmp_path: Path) -> None:
    """Keys and values up to the first empty line are what is known of the text after it."""
    block = "Title: Ferry sinks\r\noutlet: The Courier\r\npublished: 4 May 2031\r\nurl:\r\n\r\n"

    (page,), _ = read(write(tmp_path / "one.txt", block + "It sank.\r\n"))

    assert (page.title, page.outlet, page.published) == ("Ferry sinks", "The Courier", "4 May 2031")
    assert page.url is None
    assert page.content == "It sank.\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "Title: it is not a block\nbut goes on as text.\n\nMore.",
        "title: one\ntitle: two\n\nText.",
        "A line\ntitle: late\n\nText.",
    ],
)
def test_what_only_begins_like_a_header_block_is_text(tmp_path: Path, text: str) -> None:
    """Every line of a block is a key and its value."""
    (page,), _ = read(write(tmp_path / "one.txt", text))

    assert text == page.content
    assert page.title is None


def test_html_is_known_by_suffix_or_by_content(tmp_path: Path) -> None:
    """A page saved as .txt is still a page."""
    html = "\n<!DOCTYPE html>\n<html><body><p>It sank.</p></body></html>"
    files = [write(tmp_path / name, html) for name in ("one.txt", "two.htm", "three")]

    pages, _ = read(*files)

    assert [page.media for page in pages] == ["html"] * 3


def test_html_after_comments(tmp_path: Path) -> None:
    """However many stand before the page."""
    html = '<?xml version="1.0"?>\n' + "<!-- saved -->\n" * 9 + "<html><p>It sank.</p></html>"

    (page,), _ = read(write(tmp_path / "one.txt", html))

    assert page.media == "html"


@pytest.mark.parametrize("part", ["<!---->", "<!-- ", "<!---->\n ", "<?xml>", " "])
def test_comments_without_a_page_are_read_at_once(tmp_path: Path, part: str) -> None:
    """Two thousand characters of what may stand before a page, and no page."""
    (page,), _ = read(write(tmp_path / "one.txt", part * 250 + "It sank."))

    assert page.media == "text"


def test_folders_are_walked_by_name(tmp_path: Path) -> None:
    """Files come in order of their names, whatever the disk's; hidden ones and pictures do not."""
    names = ["b/two.txt", "a.txt", "b/one.txt", ".git/x.txt", "b/.two.swp", "p.png", "README.md"]
    random.shuffle(names)
    for name in names:
        write(tmp_path / name)

    pages, failures = read(tmp_path)

    assert [page.path for page in pages] == ["a.txt", "b/one.txt", "b/two.txt"]
    assert not failures


def test_where_a_folder_lies_does_not_matter(tmp_path: Path) -> None:
    """The path of a page is the one inside its input."""
    for place in ("here", "there/deep"):
        write(tmp_path / place / "sub/one.txt")

    (left,), _ = read(tmp_path / "here")
    (right,), _ = read(tmp_path / "there/deep")

    assert left.path == right.path == "sub/one.txt"


def test_a_file_given_twice_is_read_once(tmp_path: Path) -> None:
    """By itself, in its folder, through a link: it is one file."""
    one = write(tmp_path / "in/one.txt")
    (tmp_path / "in/two.txt").symlink_to(one)

    pages, failures = read(one, tmp_path / "in", one)

    assert len(pages) == 1
    assert not failures


def test_gzip_is_opened_on_the_way(tmp_path: Path) -> None:
    """Any kind but Parquet may be packed."""
    text = write(tmp_path / "one.txt.gz", gzip.compress(TEXT.encode()))
    table = write(tmp_path / "two.jsonl.gz", gzip.compress(b'{"text": "It sank."}\n'))

    pages, _ = read(text, table)

    assert [page.content for page in pages] == [TEXT, "It sank."]


def test_options_are_defaults(tmp_path: Path) -> None:
    """What the user says of all inputs is kept apart from what the file says."""
    one = write(tmp_path / "one.txt", "outlet: The Courier\n\nIt sank.")

    (page,), _ = read(one, outlet="Other", published="2031")

    assert (page.outlet, page.default_outlet) == ("The Courier", "Other")
    assert (page.published, page.default_published) == (None, "2031")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b" \n\n ", "is empty"),
        (b"title: only\n\n", "is empty"),
        (bytes(range(256)) * 50, "binary"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04 ...", "office document"),
        (b'<html><head><meta charset="klingon-8"></head>\xff', "klingon-8"),
        (b'<html><head><meta charset="base64"></head>\xff', "base64"),
        (gzip.compress(b"It sank."), "packed"),
        (b"PAR1 ... PAR1", "Parquet"),
    ],
)
def test_unreadable_files_say_why(tmp_path: Path, content: bytes, says: str) -> None:
    """One line: what, where, and what to do."""
    path = write(tmp_path / "one.txt", content)

    failure = read_failure(path)

    assert says in failure.reason
    assert ";" in failure.reason
    assert failure.input == str(path)


def test_missing_path_names_what_is_near(tmp_path: Path) -> None:
    """A slip of the finger is shown."""
    write(tmp_path / "articles.txt")

    assert "articles.txt?" in read_failure(tmp_path / "artcles.txt").reason


def test_too_large_a_file_is_not_read(tmp_path: Path) -> None:
    """The bound holds for what is unpacked, too."""
    packed = write(tmp_path / "one.txt.gz", gzip.compress(b"It sank. " * 1_000))

    assert "larger than" in read_failure(packed, max_bytes=5_000).reason


def test_broken_gzip_is_a_failure(tmp_path: Path) -> None:
    """A download that was cut short says so."""
    whole = gzip.compress(random.Random(1).randbytes(5_000))

    assert "gzip" in read_failure(write(tmp_path / "one.txt.gz", whole[:1_000])).reason


def test_addresses_are_not_fetched() -> None:
    """No connection is opened; the user is told what to do."""
    assert "save the page" in read_failure("https://courier.example/ferry").reason


def test_empty_folder_is_a_failure(tmp_path: Path) -> None:
    """Nothing to read is told, not passed over."""
    assert "no file" in read_failure(tmp_path).reason


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    """A link back to a folder above is told of and not followed."""
    write(tmp_path / "in/one.txt")
    (tmp_path / "in/back").symlink_to(tmp_path / "in")

    pages, (failure,) = read(tmp_path / "in")

    assert len(pages) == 1
    assert "link back" in failure.reason


def test_folders_that_link_to_each_other(tmp_path: Path) -> None:
    """Each file is read once, in however many ways it can be reached, and the walk ends."""
    names = [f"f{number}" for number in range(12)]
    for name in names:
        write(tmp_path / "in" / name / "one.txt")
        for other in names:
            (tmp_path / "in" / name / f"to-{other}").symlink_to(tmp_path / "in" / other)

    pages, failures = read(tmp_path / "in")

    assert len(pages) == len(names)
    assert all("link back" in failure.reason for failure in failures)
    assert len(failures) <= len(names) ** 2


def test_link_to_itself_is_a_failure(tmp_path: Path) -> None:
    """A link that leads nowhere but to itself ends neither the walk nor the run."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/self").symlink_to("self")
    write(tmp_path / "in/two.txt")

    pages, (failure,) = read(tmp_path / "in")

    assert len(pages) == 1
    assert "can't be opened" in failure.reason


def test_what_the_run_writes_is_not_read(tmp_path: Path) -> None:
    """Results may lie in the folder that is read; they are passed over there."""
    write(tmp_path / "one.txt")
    written = write(tmp_path / "edition.json", "{}")

    pages, failures = read(tmp_path, written=frozenset([written.resolve()]))

    assert (len(pages), failures) == (1, [])


@pytest.mark.skipif(sys.platform != "linux", reason="other systems give no such names")
def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A file whose name is not UTF-8 is read, or told of, by a name that can be written."""
    for name in (b"\xff.txt", b"\xfe.txt"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_text(
            TEXT if name.startswith(b"\xff") else ""
        )

    (page,), (failure,) = read(tmp_path)

    assert page.path == "\ufffd.txt"
    assert page.where.endswith("\ufffd.txt")
    assert failure.input.endswith("\ufffd.txt")


@pytest.mark.parametrize("name", ["", "x" * 300, "x/" * 3_000])
def test_impossible_names_are_failures(name: str) -> None:
    """What can be no file's name is told of like one that is not there."""
    assert read_failure(name).input == name


def test_dangling_link_is_a_failure(tmp_path: Path) -> None:
    """A link whose file is gone is not the same as a slip in the name."""
    (tmp_path / "one.txt").symlink_to(tmp_path / "gone.txt")

    assert "link to nothing" in read_failure(tmp_path).reason


def test_pipes_are_not_waited_for(tmp_path: Path) -> None:
    """What is neither file nor folder is not opened."""
    os.mkfifo(tmp_path / "pipe")

    assert "neither" in read_failure(tmp_path / "pipe").reason


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is forbidden to root")
def test_forbidden_folder_is_a_failure(tmp_path: Path) -> None:
    """The rest of the input is read all the same."""
    write(tmp_path / "in/one.txt")
    closed = tmp_path / "in/closed"
    closed.mkdir(mode=0)

    pages, (failure,) = read(tmp_path / "in")
    closed.chmod(0o700)

    assert len(pages) == 1
    assert "permission" in failure.reason.lower()


def test_pasted_bytes_are_a_page() -> None:
    """Standard input has no path, and may be HTML as well."""
    page = make_page_from_bytes(TEXT.encode(), where="standard input", options=IngestOptions())

    assert (page.path, page.content, page.media) == (None, TEXT, "text")


def test_too_much_pasted_is_refused() -> None:
    """One byte more than the bound is too much."""
    with pytest.raises(UnreadableError, match="larger"):
        make_page_from_bytes(b"x" * 11, where="-", options=IngestOptions(max_bytes=10))


def test_pasted_text_may_have_a_header() -> None:
    """A header block counts wherever the text comes from."""
    page = make_page_from_text("outlet: X\n\nIt sank.", where="-", options=IngestOptions())

    assert (page.outlet, page.content) == ("X", "It sank.")
