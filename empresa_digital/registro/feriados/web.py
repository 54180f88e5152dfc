"""Pages of the calendar and of the terms; and where the authority decrees a day."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.catalogos import (
    departamentos_para_elegir,
    lugares_para_elegir,
    nombres_de_lugares,
)
from empresa_digital.registro.competencias import Materia, exigir_competencia
from empresa_digital.registro.feriados.contar import contar_plazo, filas_de, vigentes
from empresa_digital.registro.feriados.decretar import decretar, publicar_el_anio
from empresa_digital.registro.feriados.formularios import (
    ANIO,
    CONSULTA,
    DECRETO,
    HojaDeAnio,
    HojaDeConsulta,
    HojaDeDecreto,
)
from empresa_digital.registro.feriados.ics import calendario_ics
from empresa_digital.registro.unidades import pagina
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.plazos import NACIONAL, Calendario, Feriado, calendario, feriados_en
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import ngettext
from nucleo.web import publico, redirigir

router = APIRouter(include_in_schema=False)
PUBLICO = [Depends(publico)]
Texto = Annotated[str, Query(max_length=20)]
RECIENTES = 10


@router.get("/feriados", dependencies=PUBLICO)
def ver_feriados(request: Request, sesion: Sesion, anio: Texto = "", lugar: Texto = "") -> Response:
    """The holidays of a year, of one department or of all. What makes no sense is ignored."""
    actual = calendario(sesion)
    elegido, deptos = _anio(sesion, actual, anio), departamentos_para_elegir(sesion)
    donde = lugar if lugar in dict(deptos) else ""
    feriados = feriados_en(sesion, elegido, donde or None)
    return pagina(
        request,
        "feriados/feriados.html",
        anio=elegido,
        opciones_de_anio=[(str(a), str(a)) for a in actual.anios()],
        lugar=donde,
        departamentos=deptos,
        feriados=feriados,
        nombres=_nombres(sesion, feriados),
    )


@router.get("/feriados.ics", dependencies=PUBLICO)
def bajar_feriados(sesion: Sesion, anio: Texto = "", lugar: Texto = "") -> Response:
    """The same, for the calendar of a telephone: without a year, from this one on."""
    actual = calendario(sesion)
    donde = lugar if lugar in dict(departamentos_para_elegir(sesion)) else None
    hoy = _anio(sesion, actual, "")
    pedidos = [_anio(sesion, actual, anio)] if anio else [a for a in actual.anios() if a >= hoy]
    feriados = [f for a in pedidos for f in feriados_en(sesion, a, donde)]
    texto = calendario_ics(feriados, _nombres(sesion, feriados))
    nombre = f"feriados-{donde or 'bolivia'}.ics"
    cabeceras = {"Content-Disposition": f'attachment; filename="{nombre}"'}
    return Response(texto, media_type="text/calendar; charset=utf-8", headers=cabeceras)


def _anio(sesion: Session, actual: Calendario, pedido: str) -> int:
    """The year asked for if it is published; this one, or the last published before it."""
    anios = actual.anios()
    if pedido in {str(a) for a in anios}:
        return int(pedido)
    hoy = fecha_bolivia(ahora_bd(sesion)).year
    return max((a for a in anios if a <= hoy), default=anios[0])


def _nombres(sesion: Session, feriados: list[Feriado]) -> dict[str, str]:
    return nombres_de_lugares(sesion, {f.lugar for f in feriados})


# --- Terms ----------------------------------------------------------------------------------------------


@router.get("/plazos", dependencies=PUBLICO)
def ver_plazos(request: Request, sesion: Sesion) -> Response:
    """The terms in force, each with its norm."""
    return pagina(request, "feriados/plazos.html", plazos=vigentes(sesion, ahora_bd(sesion)))


@router.get("/plazos/{codigo}", dependencies=PUBLICO)
def ver_plazo(codigo: str, request: Request, sesion: Sesion, hoja: HojaDeConsulta) -> Response:
    """A term, and its count day by day from the fact that is asked about; other pages lead here with it."""
    filas = filas_de(sesion, codigo)
    if not hoja.valores:
        return _pagina_de_plazo(request, sesion, filas, ahora_bd(sesion))
    with hoja:
        datos = hoja.datos
        lugares = [c for c in (datos.lugar, datos.otro) if c]
        computo = contar_plazo(sesion, codigo, datos.inicio, lugares, distancia=datos.distancia)
        nombres = nombres_de_lugares(sesion, set(lugares))
        return _pagina_de_plazo(request, sesion, filas, datos.inicio, hoja, computo=computo, nombres=nombres)
    return _pagina_de_plazo(request, sesion, filas, ahora_bd(sesion), hoja)


def _pagina_de_plazo(
    request: Request,
    sesion: Session,
    filas: list[Any],
    inicio: datetime,
    hoja: Hoja[Any] | None = None,
    **contexto: Any,
) -> Response:
    lugares = lugares_para_elegir(sesion)
    return pagina(
        request,
        "feriados/plazo.html",
        hoja=hoja,
        plazo=filas[0],
        filas=filas,
        pedido=CONSULTA.mostrar(
            request,
            {"inicio": inicio, "lugar": NACIONAL},
            enviada=hoja,
            opciones={"lugar": lugares, "otro": lugares[1:]},
        ),
        **contexto,
    )


# --- The authority --------------------------------------------------------------------------------------


@router.get("/regulador/feriados")
def ver_decretos(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_decretos(request, sesion, actor)


@router.post("/regulador/feriados")
def decretar_feriado(
    request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecreto
) -> Response:
    """A holiday, a move or a working day, with its norm."""
    exigir_competencia(sesion, actor, Materia.CALENDARIO)
    with hoja:
        decretar(sesion, actor, hoja.datos)
        aviso = _("Anotado: rige para los plazos que empiecen desde dentro de dos minutos.")
        return redirigir("/regulador/feriados", aviso)
    return _pagina_de_decretos(request, sesion, actor, hoja)


@router.post("/regulador/feriados/anios")
def publicar_anio(request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeAnio) -> Response:
    """The holidays of the next year, by the rules."""
    exigir_competencia(sesion, actor, Materia.CALENDARIO)
    with hoja:
        filas = publicar_el_anio(sesion, actor, hoja.datos.anio)
        aviso = ngettext("Publicado: {} feriado.", "Publicados: {} feriados.", len(filas)).format(len(filas))
        return redirigir(f"/feriados?anio={hoja.datos.anio}", aviso)
    return _pagina_de_decretos(request, sesion, actor, hoja)


def _pagina_de_decretos(
    request: Request, sesion: Session, actor: Actor, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_competencia(sesion, actor, Materia.CALENDARIO)
    actual = calendario(sesion)
    siguiente = actual.anios()[-1] + 1
    recientes = list(actual.feriados[: -RECIENTES - 1 : -1])
    return pagina(
        request,
        "feriados/decretos.html",
        hoja=hoja,
        decreto=DECRETO.mostrar(request, enviada=hoja, opciones={"lugar": lugares_para_elegir(sesion)}),
        anio=ANIO.mostrar(request, {"anio": siguiente}, enviada=hoja),
        siguiente=siguiente,
        recientes=recientes,
        nombres=_nombres(sesion, recientes),
    )
