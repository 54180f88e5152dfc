"""The API's reference as a page of ours, made from `/openapi.json`; only in demonstration mode.

The usual viewers fetch scripts from other hosts, which the content security policy forbids.
"""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from ciudadania import ALCANCES
from nucleo.acceso import publico
from nucleo.web import pagina

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Operacion:
    metodo: str
    ruta: str
    resumen: str
    descripcion: str
    parametros: list[dict[str, Any]]
    cuerpo: str
    estados: list[str]
    alcances: list[str]
    """By which a program may use it."""


@dataclass(slots=True)
class Grupo:
    nombre: str
    operaciones: list[Operacion] = field(default_factory=list)


def _nombre_de_esquema(cuerpo: dict[str, Any] | None) -> str:
    for contenido in (cuerpo or {}).get("content", {}).values():
        esquema = contenido.get("schema", {})
        return str(esquema.get("$ref", esquema.get("title", ""))).rsplit("/", 1)[-1]
    return ""


def _operacion(metodo: str, ruta: str, dato: dict[str, Any]) -> Operacion:
    primera, _, resto = str(dato.get("description", "")).partition("\n\n")
    return Operacion(
        metodo=metodo.upper(),
        ruta=ruta,
        resumen=primera or str(dato.get("summary", "")),
        descripcion=resto,
        parametros=[
            {"nombre": p["name"], "lugar": p["in"], "obligatorio": p.get("required", False)}
            | {"descripcion": p.get("description", "")}
            for p in dato.get("parameters", [])
        ],
        cuerpo=_nombre_de_esquema(dato.get("requestBody")),
        estados=sorted(dato.get("responses", {})),
        alcances=[a for s in dato.get("security", ()) for a in s.get("cliente", ())],
    )


def grupos(app: FastAPI) -> list[Grupo]:
    """The operations of the API by tag, in the order of the rooms."""
    encontrados: dict[str, Grupo] = {}
    for ruta, metodos in app.openapi()["paths"].items():
        for metodo, dato in metodos.items():
            etiqueta = (dato.get("tags") or ["otras"])[0]
            grupo = encontrados.setdefault(etiqueta, Grupo(etiqueta))
            grupo.operaciones.append(_operacion(metodo, ruta, dato))
    return list(encontrados.values())


@router.get("/docs", dependencies=[Depends(publico)])
def referencia(request: Request) -> Response:
    return pagina(request, "plataforma/referencia.html", grupos=grupos(request.app), alcances=ALCANCES)
