"""The page of an auction: everybody looks, who takes part bids, the entity tells of an interruption."""

import json
from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import HTMLResponse, RedirectResponse

from ciudadania import ActorOpcional, ActorRequerido
from empresa_digital.registro import Facultad, tiene_facultad, unidad_por_id
from feria_inversa.actos import INTERRUPCION as CLASE_INTERRUPCION
from feria_inversa.actos import SUBASTA, actas_de_clase, renglon_de_clase
from feria_inversa.procesos import (
    ConvocatoriaNoEncontrada,
    Estado,
    convocatoria_visible,
    puede_gestionar,
    reglas_de,
)
from feria_inversa.procesos.modelos import Convocatoria
from feria_inversa.subasta.consultas import ULTIMAS, Sala, TurnoDe, mias, pujas_de, sala_de, turnos_de
from feria_inversa.subasta.formularios import INTERRUPCION, PUJA, HojaDeInterrupcion, HojaDePuja
from feria_inversa.subasta.prorrogar import avisar_interrupcion
from feria_inversa.subasta.pujar import pujar
from feria_inversa.subasta.vistas import POR_PAGINA, Puesto, elegido, fuera_de, nombres_de, puestos
from feria_inversa.subasta.vivo import marca_de
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import a_centavos, formato_bs
from nucleo.formularios import Hoja
from nucleo.lectores import Entero
from nucleo.textos import gettext as _
from nucleo.web import pagina, publico, redirigir

router = APIRouter()
Cosa = Annotated[Entero | None, Query(ge=1, le=32767)]
Desde = Annotated[Entero, Query(ge=0, le=32767)]
CIFRAS_DE_COSA = 5


@router.get("/feria/{convocatoria_id}/subasta", dependencies=[Depends(publico)])
def ver(
    request: Request,
    convocatoria_id: UUID,
    sesion: Sesion,
    actor: ActorOpcional,
    cosa: Cosa = None,
    desde: Desde = 0,
    tras: Desde = 0,
) -> HTMLResponse:
    """The auction as it is now; who takes part in it may bid here."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    return _pagina(request, sesion, actor, convocatoria, cosa=cosa, desde=desde, tras=tras)


def _pagina(
    request: Request,
    sesion: Session,
    actor: Actor | None,
    convocatoria: Convocatoria,
    hoja: Hoja[Any] | None = None,
    *,
    cosa: int | None = None,
    desde: int = 0,
    tras: int = 0,
) -> HTMLResponse:
    sala = sala_de(sesion, convocatoria)
    suyas = mias(sesion, actor, convocatoria.id)
    mostrado = elegido(sala, suyas, cosa)
    corre = convocatoria.estado == Estado.SUBASTA
    turnos: Sequence[TurnoDe] = []
    if sala.subasta.rondas:
        turnos = turnos_de(sesion, convocatoria.id, sala.instante, mostrado.numero)[mostrado.numero]
    propios = puestos(sesion, sala, mostrado, suyas, turnos)
    avisa = (
        corre
        and actor is not None
        and puede_gestionar(sesion, actor, convocatoria.unidad_id)
        and tiene_facultad(sesion, actor, convocatoria.unidad_id, Facultad.COMPRAR)
    )
    direccion = f"/feria/{convocatoria.id}/subasta"
    hay_mas = desde + POR_PAGINA < len(sala.subastados)
    ultimas = pujas_de(sesion, convocatoria.id, mostrado.numero, ULTIMAS + 1, tras)
    regla = reglas_de(convocatoria)
    return pagina(
        request,
        "feria_inversa/subasta/subasta.html",
        hoja=hoja,
        convocatoria=convocatoria,
        entidad=unidad_por_id(sesion, convocatoria.unidad_id),
        sala=sala,
        corre=corre,
        oir=f"/api/v1/convocatorias/{convocatoria.id}/subasta/eventos?grupo={mostrado.numero}&desde={marca_de(mostrado)}",
        fuera=fuera_de(sesion, actor, convocatoria) if corre else [],
        mostrado=mostrado,
        propios=[
            (
                puesto,
                PUJA.mostrar(
                    request,
                    {"unidad_id": puesto.unidad_id, "grupo": mostrado.numero},
                    enviada=hoja,
                    de=str(puesto.unidad_id),
                )
                if mostrado.abierta and puesto.hasta is not None and _le_toca(sala, puesto)
                else None,
            )
            for puesto in propios
        ],
        turnos=turnos,
        ultimas=ultimas[:ULTIMAS],
        mas_pujas=f"{direccion}?cosa={mostrado.numero}&tras={tras + ULTIMAS}" if ultimas[ULTIMAS:] else None,
        tras=tras,
        nombres=nombres_de(sesion, convocatoria),
        lista=sala.subastados[desde : desde + POR_PAGINA],
        siguiente=f"{direccion}?cosa={mostrado.numero}&desde={desde + POR_PAGINA}" if hay_mas else None,
        acta=renglon_de_clase(sesion, convocatoria.id, SUBASTA),
        avisos=[
            (aviso, json.loads(aviso.contenido)["motivo"])
            for aviso in actas_de_clase(sesion, convocatoria.id, CLASE_INTERRUPCION)
        ],
        regla=regla.subasta if regla else None,
        interrupcion=INTERRUPCION.mostrar(request, enviada=hoja) if avisa else None,
    )


def _le_toca(sala: Sala, puesto: Puesto) -> bool:
    """Whether a bid of theirs would be taken now, were it low enough."""
    if not sala.subasta.rondas:
        return True
    return puesto.turno is not None and puesto.turno.corre(sala.instante) and puesto.pujada is None


@router.post("/feria/{convocatoria_id}/subasta", response_model=None)
def bajar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDePuja
) -> HTMLResponse | RedirectResponse:
    """A lower total; the same total from the same form once more is the same bid, another one is another."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    with hoja:
        datos = hoja.datos
        esta = uuid5(hoja.id, f"{datos.unidad_id}:{datos.grupo}:{a_centavos(datos.total)}")
        hecha = pujar(sesion, actor, convocatoria_id, datos.unidad_id, datos.grupo, datos.total, esta)
        dicho = _("Quedó registrada su puja de {}.").format(formato_bs(hecha.total))
        return redirigir(f"/feria/{convocatoria_id}/subasta?cosa={hecha.grupo}", dicho)
    grupo = hoja.valores.get("grupo", "")
    corto = grupo.isdecimal() and len(grupo) <= CIFRAS_DE_COSA
    return _pagina(request, sesion, actor, convocatoria, hoja, cosa=int(grupo) if corto else None)


@router.post("/compras/{convocatoria_id}/subasta/interrupciones", response_model=None)
def avisar(
    request: Request, convocatoria_id: UUID, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeInterrupcion
) -> HTMLResponse | RedirectResponse:
    """The entity tells of an interruption, and the auction ends later."""
    convocatoria = convocatoria_visible(sesion, actor, convocatoria_id)
    if not puede_gestionar(sesion, actor, convocatoria.unidad_id):
        raise ConvocatoriaNoEncontrada
    with hoja:
        avisar_interrupcion(sesion, actor, convocatoria_id, hoja.datos.termina_en, hoja.datos.motivo)
        return redirigir(
            f"/feria/{convocatoria_id}/subasta", _("Publicó el aviso: la subasta termina más tarde.")
        )
    return _pagina(request, sesion, actor, convocatoria, hoja)
