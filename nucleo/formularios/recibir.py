"""Reading the body of a form, within bounds that the form itself declares."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

from fastapi import Request
from python_multipart.multipart import parse_options_header
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser

from nucleo.archivos.recibido import Recibido
from nucleo.errores import DatosInvalidos
from nucleo.lectores import limpiar
from nucleo.textos import gettext as _

BYTES_DE_CAMPO = 64 * 1024
BYTES_DE_TEXTO = 512 * 1024


@dataclass(frozen=True, slots=True)
class Enviado:
    """What a browser sent: texts (the last one of a name) and files."""

    textos: dict[str, str]
    archivos: dict[str, Recibido]


async def leer_cuerpo(
    request: Request, *, campos: int, archivos: dict[str, int], bytes_de_texto: int = BYTES_DE_TEXTO
) -> Enviado:
    """The fields and files of the body; `archivos` gives the greatest size of each file, in bytes.

    Raises `DatosInvalidos` (too many fields, a field too long) and 413 for a body that is longer than all of
    its parts may be. A file that is somewhat too big comes: its judge says so.
    """
    cabeceras = request.headers
    acotado = _acotar(request, bytes_de_texto + 2 * sum(archivos.values()))
    tipo, _parametros = parse_options_header(cabeceras.get("content-type"))
    try:
        if tipo == b"multipart/form-data":
            multiple = MultiPartParser(
                cabeceras,
                acotado,
                max_files=len(archivos),
                max_fields=campos,
                max_part_size=BYTES_DE_CAMPO,
            )
            formulario = await multiple.parse()
        elif tipo == b"application/x-www-form-urlencoded":
            simple = FormParser(cabeceras, acotado, max_fields=campos, max_part_size=BYTES_DE_CAMPO)
            formulario = await simple.parse()
        else:
            formulario = FormData()
    except MultiPartException as error:
        raise DatosInvalidos(_("El formulario trae más de lo que esta página pide.")) from error
    textos = {n: limpiar(v) for n, v in formulario.multi_items() if isinstance(v, str)}
    subidos: dict[str, Recibido] = {}
    for nombre, subido in formulario.multi_items():
        if not isinstance(subido, UploadFile):
            continue
        if subido.size and nombre in archivos:
            subidos[nombre] = Recibido.de(subido)
        else:
            await subido.close()
    return Enviado(textos, subidos)


async def _acotar(request: Request, maximo: int) -> AsyncGenerator[bytes, None]:
    leidos = 0
    async for trozo in request.stream():
        leidos += len(trozo)
        if leidos > maximo:
            raise HTTPException(413)
        yield trozo
