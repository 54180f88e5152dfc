"""What the pages of the registry share: the common context and addresses."""

from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from starlette.responses import Response

from empresa_digital.registro.unidades import palabras
from nucleo.web import pagina as pagina_de_nucleo


def pagina(request: Request, plantilla: str, **contexto: Any) -> Response:
    return pagina_de_nucleo(request, f"registro/{plantilla}", palabras=palabras, **contexto)


def con_parametros(ruta: str, **parametros: str) -> str:
    """A path of this site with those parameters that are not empty."""
    presentes = {c: v for c, v in parametros.items() if v}
    return f"{ruta}?{urlencode(presentes)}" if presentes else ruta


def url_siguiente(request: Request, siguiente: str | None) -> str | None:
    """This same address with the cursor of the next page."""
    if siguiente is None:
        return None
    return con_parametros(request.url.path, **{**request.query_params, "cursor": siguiente})
