"""What a hostile client sends in the place of each datum of a well-formed request, and of the whole body."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from tests.autorizacion.filas import Fila

TEXTOS = (
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "a" * 70_000,
    "'; DROP TABLE nucleo_evento; --",
    "<script>alert(1)</script>{{7*7}}%s%(a)s",
    "-1",
    "0",
    "9" * 40,
    "9223372036854775808",
    "1e999999",
    "NaN",
    "\u0661\u0662\u0663",
    "0001-01-01",
    "9999-12-31T23:59:59+14:00",
    "00000000-0000-0000-0000-000000000000",
    "\u202e\ufeff\U0001f600",
    "[]",
    "../../etc/passwd",
)
HONDO = "[" * 20_000 + "]" * 20_000
JSON: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    1e308,
    2**63,
    10**400,
    [],
    {},
    [[]],
    {"a": {"a": {}}},
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "a" * 70_000,
    "9" * 40,
    "NaN",
    "0001-01-01",
    "9999-12-31T23:59:59+14:00",
    "'; --",
    "\u202e\U0001f600",
    ["x"] * 10_000,
)
_PARTE = "--x\r\nContent-Disposition: form-data"
_MULTIPLE = "multipart/form-data; boundary=x"
CUERPOS: tuple[tuple[str, str | bytes], ...] = (
    ("application/json", HONDO),
    ("application/json", "{"),
    ("application/json", b"\xff\xfe"),
    ("application/json", "1"),
    ("application/json", "null"),
    ("application/json; charset=utf-16", "{}"),
    ("multipart/form-data", "x"),
    (_MULTIPLE, f"{_PARTE}\r\n\r\na\r\n--x--" + "-" * 90_000),
    (_MULTIPLE, f"{_PARTE}; name=a\r\n\r\n\r\n" * 5_000 + "--x--"),
    (_MULTIPLE, "--x\r\n" + "A: b\r\n" * 5_000 + "\r\n\r\n--x--"),
    (f"{_MULTIPLE}; charset=rot13", f"{_PARTE}; name=a\r\n\r\nz\r\n--x--"),
    (f"{_MULTIPLE}; charset=utf-16", f"{_PARTE}; name=a\r\n\r\nz\r\n--x--"),
    (_MULTIPLE, f'{_PARTE}; name="archivo"; filename="a"\r\n\r\n\x00\r\n--x--'),
    ("text/plain", "a=b"),
    ("application/x-www-form-urlencoded; charset=nada", "a=%"),
    ("", ""),
    ("application/x-www-form-urlencoded", "a=" + "b" * 1_100_000),
)


def codificar(pares: Mapping[str, Any]) -> str:
    """Also what UTF-8 has no bytes for."""
    planos: list[tuple[str, str]] = []
    for clave, valor in pares.items():
        for uno in valor if isinstance(valor, list | tuple) else [valor]:
            planos.append((clave, str(uno)))
    return urlencode(planos, errors="surrogatepass")


def lugares(dato: Any, camino: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every leaf of a JSON body."""
    if isinstance(dato, dict) and dato:
        for clave, valor in dato.items():
            yield (*camino, clave)
            yield from lugares(valor, (*camino, clave))
    elif isinstance(dato, list) and dato:
        for n, valor in enumerate(dato):
            yield from lugares(valor, (*camino, n))


def poner(dato: Any, camino: tuple[Any, ...], valor: Any) -> Any:
    copia = json.loads(json.dumps(dato))
    destino = copia
    for parte in camino[:-1]:
        destino = destino[parte]
    destino[camino[-1]] = valor
    return copia


def ataques(fila: Fila, pedido: Mapping[str, Any], ruta: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """(name, request) of everything to try on a row."""
    base = {k: pedido[k] for k in ("method", "url")}
    cabeceras = dict(pedido["headers"])
    consulta = dict(pedido.get("params") or {})
    cuerpo: dict[str, Any] = {k: pedido[k] for k in ("json", "data", "files") if k in pedido}

    def con(**mas: Any) -> dict[str, Any]:
        hecho = {**base, "headers": dict(cabeceras), **cuerpo}
        if consulta:
            hecho["url"] = f"{base['url']}?{codificar(consulta)}"
        hecho.update(mas)
        return hecho

    # the path
    partes = fila.ruta.split("/")
    for n, parte in enumerate(partes):
        if parte.startswith("{"):
            for valor in TEXTOS:
                if valor and len(valor) < 3000:
                    reales = base["url"].split("/")
                    reales[n] = quote(valor, safe="", errors="surrogatepass")
                    yield f"ruta {parte}={valor[:20]!r}", con(url="/".join(reales))
    # the address
    nombres = {p.alias for p in ruta.dependant.query_params} | set(consulta)
    nombres |= {p.alias for d in ruta.dependant.dependencies for p in d.query_params}
    for nombre in sorted(nombres):
        for valor in TEXTOS:
            if len(valor) < 3000:
                yield (
                    f"consulta {nombre}={valor[:20]!r}",
                    con(url=f"{base['url']}?{codificar({**consulta, nombre: valor})}"),
                )
    # the body
    if "data" in cuerpo or (pedido["method"] == "POST" and not fila.es_api):
        datos = dict(cuerpo.get("data") or {})
        tipo = {"Content-Type": "application/x-www-form-urlencoded"}
        for nombre in [*datos, "_id", "_version", "_antes", "_de", "_pagina"]:
            for valor in TEXTOS:
                if "files" in cuerpo:
                    if "\ud800" not in valor:
                        yield f"campo {nombre}={valor[:20]!r}", con(data={**datos, nombre: valor})
                    continue
                yield (
                    f"campo {nombre}={valor[:20]!r}",
                    con(
                        data=None,
                        content=codificar({**datos, nombre: valor}),
                        headers={**cabeceras, **tipo},
                    ),
                )
        if datos and "files" not in cuerpo:
            dobles = {k: [v, v] for k, v in datos.items()}
            yield "campos dobles", con(data=None, content=codificar(dobles), headers={**cabeceras, **tipo})
            yield "sin campos", con(data={})
            yield (
                "latin",
                con(
                    data=None,
                    content="&".join(f"{k}=%ff%fe%80" for k in datos),
                    headers={**cabeceras, **tipo},
                ),
            )
    if "json" in cuerpo:
        for camino in lugares(cuerpo["json"]):
            for valor in JSON:
                crudo = json.dumps(poner(cuerpo["json"], camino, valor))
                yield (
                    f"json {'.'.join(map(str, camino))}={str(valor)[:20]!r}",
                    con(json=None, content=crudo, headers={**cabeceras, "Content-Type": "application/json"}),
                )
    if pedido["method"] != "GET":
        for tipo_, crudo_ in CUERPOS:
            yield (
                f"cuerpo {tipo_} {str(crudo_)[:15]!r}",
                {
                    **base,
                    "headers": {**cabeceras, "Content-Type": tipo_},
                    "content": crudo_.encode() if isinstance(crudo_, str) else crudo_,
                },
            )
