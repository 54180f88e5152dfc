"""A PDF that somebody sent, as its pages look: no text, script, form, link or attachment of it is kept.

It is drawn in a process of its own, of little memory and little time (`dibujar_pdf`): a reader of PDF is a
large program, and what it reads a stranger wrote.
"""

import subprocess
import sys
from pathlib import Path

from nucleo.archivos.imagenes import A_LA_VEZ, ACEPTA_FOTOS, MAXIMO_BYTES
from nucleo.archivos.recibido import Recibido
from nucleo.archivos.tipos import Tipo, tipo_de
from nucleo.errores import DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l

ACEPTA_PRUEBAS = f"{ACEPTA_FOTOS},application/pdf"
PAGINAS = 20
_SEGUNDOS = 10
_DEMASIADAS = 3
_PROGRAMA = Path(__file__).with_name("dibujar_pdf.py")


class DocumentoInvalido(DatosInvalidos):
    codigo = "documento_invalido"
    titulo = _l("No se pudo usar el documento")


def dibujar_documento(recibido: Recibido) -> bytes:
    """A PDF of the pictures of its pages. Raises `DocumentoInvalido`, which says what to do."""
    if tipo_de(recibido) is not Tipo.PDF:
        raise DocumentoInvalido(_("Suba un PDF: otros archivos no se pueden usar como documento."))
    if recibido.tamano > MAXIMO_BYTES:
        raise DocumentoInvalido(_("El PDF pesa más de 8 MB: redúzcalo y vuelva a subirlo."))
    with A_LA_VEZ:
        try:
            hecho = subprocess.run(  # noqa: S603
                [sys.executable, "-I", str(_PROGRAMA), str(PAGINAS), str(_SEGUNDOS), str(_DEMASIADAS)],
                input=recibido.contenido,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=3 * _SEGUNDOS,
                check=False,
                env={},
            )
        except subprocess.TimeoutExpired as error:
            raise _no_se_abre() from error
    if hecho.returncode == _DEMASIADAS:
        texto = _("El PDF tiene más de %(paginas)s páginas: suba solo las que hacen falta.")
        raise DocumentoInvalido(texto % {"paginas": PAGINAS})
    if hecho.returncode != 0:
        raise _no_se_abre()
    return hecho.stdout


def _no_se_abre() -> DocumentoInvalido:
    return DocumentoInvalido(_("Es un PDF que no se pudo abrir: guárdelo otra vez, sin contraseña."))
