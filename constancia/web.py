"""Public pages of the log: heads, one head, one leaf with its proof, two heads compared, checking a file."""

import re
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from markupsafe import Markup
from sqlmodel import Session
from starlette.responses import Response

from constancia import consultas
from constancia.anotar import texto_de_hoja
from constancia.comprobar import comprobar_constancia
from constancia.errores import HojaPendiente
from constancia.esquemas import HASH
from constancia.formularios import COMPARACION, MAXIMO, DosCabezas, HojaDeComparacion
from constancia.merkle import consistente
from constancia.palabras import enlace_de, frases_de, titulo_de_tipo, todas_las_frases
from constancia.presentar import presentar_clave
from constancia.pruebas import prueba_de_consistencia, prueba_de_inclusion
from nucleo.bd import Sesion
from nucleo.errores import DatosInvalidos
from nucleo.formularios import Hoja
from nucleo.lectores import Entero
from nucleo.paginacion import Cursor
from nucleo.plantillas import ESTATICOS
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter(prefix="/constancia", tags=["constancia"], dependencies=[Depends(publico)])

DE_UNA_CABEZA = 50  # leaves shown of the batch that a head signed


@router.get("")
def ver_registro(
    request: Request, sesion: Sesion, cursor: Cursor, hash: Annotated[str, Query(max_length=100)] = ""
) -> Response:
    """The log: its signed heads, its keys, and where to look for a leaf."""
    pedido = hash.strip().lower()
    if re.fullmatch(HASH, pedido):
        return redirigir(f"/constancia/hojas/{pedido}")
    filas, siguiente = consultas.cabezas(sesion, cursor)
    ultima = consultas.ultima_cabeza(sesion)
    errores = {"hash": _("Escriba los 64 números y letras (de la a a la f) del hash.")} if pedido else {}
    return pagina(
        request,
        "constancia/registro.html",
        estado=422 if errores else 200,
        cabezas=filas,
        siguiente_url=f"/constancia?cursor={siguiente}" if siguiente else None,
        claves=[presentar_clave(c, ultima.clave_id if ultima else None) for c in consultas.claves(sesion)],
        en_espera=consultas.en_espera(sesion),
        hash=hash,
        errores=errores,
    )


@router.get("/cabezas/{tamano}")
def ver_cabeza(
    request: Request, sesion: Sesion, tamano: Annotated[Entero, Path(ge=1, le=MAXIMO)]
) -> Response:
    """One head: what it signed, and what is new in it."""
    cabeza = consultas.cabeza_de(sesion, tamano)
    anterior = consultas.cabeza_anterior(sesion, tamano)
    desde = anterior.tamano if anterior else 0
    nuevas = consultas.hojas_desde(sesion, desde, min(tamano - desde, DE_UNA_CABEZA))
    return pagina(
        request,
        "constancia/cabeza.html",
        cabeza=cabeza,
        anterior=anterior,
        hojas=[(hoja, titulo_de_tipo(hoja.tipo)) for hoja in nuevas],
        cuantas=tamano - desde,
        desde=desde,
    )


@router.get("/hojas/{hash}")
def ver_hoja(request: Request, sesion: Sesion, hash: Annotated[str, Path(pattern=HASH)]) -> Response:
    """One leaf, and in words what its proof shows; or that it is still waiting."""
    hoja = consultas.hoja_por_hash(sesion, bytes.fromhex(hash))
    prueba, espera = None, ""
    try:
        prueba = prueba_de_inclusion(sesion, hoja.hash)
        assert comprobar_constancia(prueba.model_dump()) == []
    except HojaPendiente as error:
        espera = error.detalle
    return pagina(
        request,
        "constancia/hoja.html",
        anotada=hoja,
        titulo=titulo_de_tipo(hoja.tipo),
        enlace=enlace_de(hoja.tipo, hoja.objeto),
        texto=texto_de_hoja(hoja.tipo, hoja.objeto, hoja.contenido),
        prueba=prueba,
        cabeza=consultas.cabeza_de(sesion, prueba.cabeza.tamano) if prueba else None,
        espera=espera,
        frases=frases_de(hoja.tipo),
    )


@router.get("/comprobar")
def ver_comprobar(request: Request, sesion: Sesion) -> Response:
    """Checks the file of a proof in the browser, without asking us anything."""
    return pagina(request, "constancia/comprobar.html", **_para_comprobar(sesion))


@router.get("/comprobar/pagina")
def guardar_comprobar(request: Request, sesion: Sesion) -> Response:
    """The same in one file, that works from a disk."""
    guion = Markup((ESTATICOS / "constancia" / "comprobar.js").read_text("utf-8"))  # noqa: S704 — our own
    respuesta = pagina(request, "constancia/comprobar_pagina.html", guion=guion, **_para_comprobar(sesion))
    respuesta.headers["Content-Disposition"] = 'attachment; filename="qhatu-comprobar.html"'
    return respuesta


def _para_comprobar(sesion: Session) -> dict[str, Any]:
    return {"claves": [c.id.hex() for c in consultas.claves(sesion)], "frases": todas_las_frases()}


@router.get("/consistencia")
def ver_consistencia(request: Request, sesion: Sesion, hoja: HojaDeComparacion) -> Response:
    """Two heads, the last two when none is asked for: the proof that one continues the other."""
    if not request.query_params:
        return _comparacion(request, sesion, consultas.ultimas_dos(sesion))
    with hoja:
        _exigir_publicadas(sesion, hoja.datos)
        return _comparacion(request, sesion, (hoja.datos.desde, hoja.datos.hasta))
    return _comparacion(request, sesion, None, hoja)


def _exigir_publicadas(sesion: Session, datos: DosCabezas) -> None:
    """Raise `DatosInvalidos` on the field of a size that no head has."""
    falta = _("No hay una cabeza de ese tamaño: elija uno de la lista de cabezas.")
    faltan = {campo: falta for campo, n in datos if not consultas.hay_cabeza(sesion, n)}
    if faltan:
        raise DatosInvalidos(falta, campos=faltan)


def _comparacion(
    request: Request, sesion: Session, tamanos: tuple[int, int] | None, hoja: Hoja[Any] | None = None
) -> Response:
    primera = segunda = prueba = None
    if tamanos is not None:
        prueba = prueba_de_consistencia(sesion, *tamanos)
        primera, segunda = (consultas.cabeza_de(sesion, n) for n in tamanos)
        ruta = [bytes.fromhex(h) for h in prueba.ruta]
        assert consistente(*tamanos, primera.raiz, segunda.raiz, ruta)
    valores = dict(zip(("desde", "hasta"), tamanos or (), strict=False))
    return pagina(
        request,
        "constancia/consistencia.html",
        hoja=hoja,
        primera=primera,
        segunda=segunda,
        camino=prueba.ruta if prueba else [],
        comparacion=COMPARACION.mostrar(request, valores, enviada=hoja),
    )
