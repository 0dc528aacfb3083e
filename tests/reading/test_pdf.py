"""PDF: text layer, pages, and what cannot be read."""

import io

import pytest
from fpdf import FPDF
from pypdf import PdfWriter

PARAGRAPH = (
    "The ministry said that about 7,000 troops of the division are stationed in three facilities, the largest of "
    "which is in the capital, and that their number will not change before the end of the year."
)


def pdf(*pages, title=None, head=None):
    """A PDF with the given texts as its pages."""
    document = FPDF()
    if title:
        document.set_title(title)
        document.set_author("A. Writer")
    for number, text in enumerate(pages, start=1):
        document.add_page()
        document.set_font("Helvetica", size=11)
        if head:
            document.cell(0, 8, f"{head} {number}", new_x="LMARGIN", new_y="NEXT")
        document.multi_cell(0, 6, text)
    return bytes(document.output())


def test_the_text_layer_is_read_in_paragraphs(read):
    document = read(pdf(PARAGRAPH), "report.pdf")
    assert PARAGRAPH in document.text
    assert document.language == "en"


def test_each_page_keeps_its_number(read):
    document = read(pdf("First page. " + PARAGRAPH, "Second page. " + PARAGRAPH))
    assert [page.number for page in document.pages] == [1, 2]
    assert document.page_of(document.text.index("First page")) == 1
    assert document.page_of(document.text.index("Second page")) == 2


def test_words_parted_at_a_line_end_are_joined(read):
    assert "reconnaissance battalion" in read(pdf("Some 300 men of a recon-\nnaissance battalion came.")).text


def test_running_heads_are_left_out(read):
    text = read(pdf(*(f"Part {n}. {PARAGRAPH}" for n in range(4)), head="Yearbook of Forces, page")).text
    assert "Yearbook" not in text
    assert "Part 3" in text


def test_title_author_and_day_come_from_the_file(read):
    document = read(pdf(PARAGRAPH, title="Forces in the south"))
    assert document.title == "Forces in the south"
    assert document.authors == ("A. Writer",)


def test_a_pdf_without_a_text_layer_is_refused_with_what_to_do(refused):
    reason = refused(pdf(""))
    assert "no text layer" in reason
    assert "OCR" in reason


def test_an_encrypted_pdf_is_refused_with_what_to_do(refused):
    writer = PdfWriter(clone_from=io.BytesIO(pdf(PARAGRAPH)))
    writer.encrypt("secret", algorithm="RC4-128")
    packed = io.BytesIO()
    writer.write(packed)
    assert "encrypted" in refused(packed.getvalue())


@pytest.mark.parametrize("keep", [60, 400, 800])
def test_a_truncated_pdf_is_refused_or_read_but_raises_nothing(keep):
    from garrison.reading import read_bytes

    (found,) = read_bytes(pdf(PARAGRAPH)[:keep], name="cut.pdf")
    assert "damaged" in getattr(found, "reason", "damaged") or "text layer" in found.reason
