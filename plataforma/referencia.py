"""The API's reference as a page of ours, made from `/openapi.json`; only in demonstration mode.

The usual viewers fetch scripts from other hosts, which the content security policy forbids.
"""

from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from starlette.responses import Response

from ciudadania import ALCANCES
from nucleo.acceso import publico
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import pagina

router = APIRouter()


HONDO = 3
_TIPOS = {
    "string": _l("texto"),
    "integer": _l("entero"),
    "number": _l("número"),
    "boolean": _l("true o false"),
    "object": _l("objeto"),
    "null": _l("null"),
}
_FORMATOS = {
    "uuid": _l("UUID"),
    "date": _l("fecha, 2026-11-28"),
    "date-time": _l("momento, 2026-11-28T10:00:00-04:00"),
    "binary": _l("archivo"),
}


@dataclass(frozen=True, slots=True)
class CampoDelCuerpo:
    nombre: str
    tipo: str
    obligatorio: bool
    descripcion: str


@dataclass(frozen=True, slots=True)
class Operacion:
    metodo: str
    ruta: str
    resumen: str
    descripcion: str
    parametros: list[dict[str, Any]]
    cuerpo: str
    campos: list["CampoDelCuerpo"]
    """Of the body, in the order of its schema; those of a part of it by its name and a dot."""
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


def _esquema_del_cuerpo(cuerpo: dict[str, Any] | None) -> dict[str, Any]:
    for contenido in (cuerpo or {}).get("content", {}).values():
        return dict(contenido.get("schema", {}))
    return {}


def _entero(esquema: dict[str, Any], todos: dict[str, Any]) -> dict[str, Any]:
    """A schema in place of its reference; of one that may be null, what it is when it is not."""
    if "$ref" in esquema:
        nombrado = todos.get(esquema["$ref"].rsplit("/", 1)[-1], {})
        return _entero(nombrado, todos) | {k: v for k, v in esquema.items() if k != "$ref"}
    opciones = [o for o in esquema.get("anyOf", ()) if o.get("type") != "null"]
    if len(opciones) == 1:
        return _entero(opciones[0], todos) | {k: v for k, v in esquema.items() if k != "anyOf"}
    return esquema


def _tipo(esquema: dict[str, Any], todos: dict[str, Any]) -> str:
    esquema = _entero(esquema, todos)
    if "enum" in esquema or "const" in esquema:
        return ", ".join(str(v) for v in esquema.get("enum") or [esquema["const"]])
    if "anyOf" in esquema:
        return _(" o ").join(_tipo(o, todos) for o in esquema["anyOf"])
    if esquema.get("type") == "array":
        return _("lista de %(que)s") % {"que": _tipo(esquema.get("items", {}), todos)}
    return str(_FORMATOS.get(esquema.get("format", "")) or _TIPOS.get(esquema.get("type", ""), ""))


def _campos(esquema: dict[str, Any], todos: dict[str, Any], dentro_de: str = "") -> list[CampoDelCuerpo]:
    esquema = _entero(esquema, todos)
    campos: list[CampoDelCuerpo] = []
    for nombre, propio in esquema.get("properties", {}).items():
        entero = _entero(propio, todos)
        lugar = f"{dentro_de}{nombre}"
        campos.append(
            CampoDelCuerpo(
                lugar,
                _tipo(propio, todos),
                nombre in esquema.get("required", ()),
                str(propio.get("description", "")),
            )
        )
        de_cada_uno = _entero(entero.get("items", {}), todos) if entero.get("type") == "array" else entero
        if "properties" in de_cada_uno and lugar.count(".") < HONDO:
            campos += _campos(de_cada_uno, todos, f"{lugar}.")
    return campos


def _operacion(metodo: str, ruta: str, dato: dict[str, Any], esquemas: dict[str, Any]) -> Operacion:
    primera, _punto, resto = str(dato.get("description", "")).partition("\n\n")
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
        campos=_campos(_esquema_del_cuerpo(dato.get("requestBody")), esquemas),
        estados=sorted(dato.get("responses", {})),
        alcances=[a for s in dato.get("security", ()) for a in s.get("cliente", ())],
    )


def grupos(app: FastAPI) -> list[Grupo]:
    """The operations of the API by tag, in the order of the rooms."""
    encontrados: dict[str, Grupo] = {}
    descrita = app.openapi()
    esquemas = descrita.get("components", {}).get("schemas", {})
    for ruta, metodos in descrita["paths"].items():
        for metodo, dato in metodos.items():
            etiqueta = (dato.get("tags") or ["otras"])[0]
            grupo = encontrados.setdefault(etiqueta, Grupo(etiqueta))
            grupo.operaciones.append(_operacion(metodo, ruta, dato, esquemas))
    return list(encontrados.values())


@router.get("/docs", dependencies=[Depends(publico)])
def referencia(request: Request, sala: str = "") -> Response:
    """How to begin, and the operations of one room: all of them are too heavy for a page."""
    todos = grupos(request.app)
    return pagina(
        request,
        "plataforma/referencia.html",
        grupos=todos,
        elegido=next((g for g in todos if g.nombre == sala), None),
        alcances=ALCANCES,
    )
