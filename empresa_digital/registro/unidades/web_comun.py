"""What the pages of the registry share: reading forms and the common context."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import Depends, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from empresa_digital.registro.unidades import palabras
from nucleo.web import pagina as pagina_de_nucleo


async def _leer_formulario(request: Request) -> FormData:
    return await request.form(max_files=0, max_fields=60)


Formulario = Annotated[FormData, Depends(_leer_formulario)]


def texto(formulario: FormData, campo: str) -> str:
    """What the field holds; empty when it is missing or is not text."""
    valor = formulario.get(campo, "")
    return valor if isinstance(valor, str) else ""


def entero(formulario: FormData, campo: str) -> int:
    """A number that the page itself wrote (a version); -1 when somebody changed it."""
    valor = texto(formulario, campo)
    return int(valor) if valor.isascii() and valor.isdigit() and len(valor) < 10 else -1


def pagina(request: Request, plantilla: str, estado: int = 200, **contexto: Any) -> Response:
    return pagina_de_nucleo(request, f"registro/{plantilla}", estado=estado, palabras=palabras, **contexto)


def con_parametros(ruta: str, **parametros: str) -> str:
    """A path of this site with those parameters that are not empty."""
    presentes = {c: v for c, v in parametros.items() if v}
    return f"{ruta}?{urlencode(presentes)}" if presentes else ruta


def url_siguiente(request: Request, siguiente: str | None) -> str | None:
    """This same address with the cursor of the next page."""
    if siguiente is None:
        return None
    return con_parametros(request.url.path, **{**request.query_params, "cursor": siguiente})
