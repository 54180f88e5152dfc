"""Papers that people send."""

from datetime import UTC, datetime

from fpdf import FPDF


def un_pdf(texto: str = "Planos", paginas: int = 1) -> bytes:
    """A PDF with that text in each of its pages; the same ones give the same bytes."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2026, 1, 2, tzinfo=UTC))
    for _ in range(paginas):
        pdf.add_page()
        pdf.set_font("helvetica", size=20)
        pdf.cell(text=texto)
    return bytes(pdf.output())
