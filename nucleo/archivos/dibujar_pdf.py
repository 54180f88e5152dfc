"""Draws the PDF of its standard input and writes the pictures of its pages as another PDF.

A program of its own, without ours: what a stranger's file does to it ends with it. It is told how many pages
there may be, how many seconds of processor, and what to end with when there are more pages.
"""

import contextlib
import io
import resource
import sys

import pypdfium2

LADO = 1_600
"""Points of the longer side of a page."""
MEMORIA = 1 << 30


def main(paginas_maximo: int, segundos: int, demasiadas: int) -> int:
    limites = {
        resource.RLIMIT_AS: MEMORIA,
        resource.RLIMIT_CPU: segundos,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for cual, cuanto in limites.items():
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of memory
            resource.setrlimit(cual, (cuanto, cuanto))
    documento = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    if len(documento) > paginas_maximo:
        return demasiadas
    paginas = []
    for pagina in documento:
        dibujo = pagina.render(scale=LADO / max(pagina.get_size()), may_draw_forms=False)
        paginas.append(dibujo.to_pil().convert("RGB"))
    salida = io.BytesIO()
    paginas[0].save(salida, "PDF", save_all=True, append_images=paginas[1:], quality=75, resolution=150)
    sys.stdout.buffer.write(salida.getvalue())
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
