"""Page to grant a joint mandate."""

from datetime import datetime, time, timedelta
from typing import Any

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido, Riesgo, exigir_sesion_reciente, leer_cedula
from empresa_digital.registro.actos.acto_grupo import otorgar_o_proponer
from empresa_digital.registro.actos.formularios import GRUPO, GrupoPedido, HojaDeGrupo
from empresa_digital.registro.actos.grupos import NuevoGrupo
from empresa_digital.registro.mandatos import ADMINISTRABLES, Facultad, exigir_facultad, unidad_propia
from empresa_digital.registro.unidades import Unidad, pagina
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.formularios import Hoja
from nucleo.limites import limitar
from nucleo.reloj import ZONA
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)
FILAS = 6  # rows to write people in


@router.get("/mis-unidades/{numero}/mandatos/conjunto")
def ver_conjunto(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina(request, _administrada(sesion, actor, numero))


@router.post("/mis-unidades/{numero}/mandatos/conjunto")
def otorgar_conjunto(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeGrupo
) -> Response:
    unidad = _administrada(sesion, actor, numero)
    with hoja:
        limitar("mandato.persona", actor.clave, cupo=60, ventana_s=3600)
        hecho = otorgar_o_proponer(sesion, actor, unidad.id, _nuevo(hoja))
        if isinstance(hecho, Propuesto):
            return redirigir(hecho.url, _("Usted firmó. Se ofrecerá cuando firmen los demás."))
        aviso = _("Mandato conjunto ofrecido: vale para cada persona desde que lo acepte.")
        return redirigir(f"/mis-unidades/{unidad.numero}/mandatos", aviso)
    return _pagina(request, unidad, hoja)


def _administrada(sesion: Session, actor: Actor, numero: str) -> Unidad:
    unidad = unidad_propia(sesion, actor, numero, Facultad.ADMINISTRAR, con_otros=True)
    exigir_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR, estados=ADMINISTRABLES, con_otros=True)
    exigir_sesion_reciente(actor, Riesgo.PODERES)
    return unidad


def _nuevo(hoja: Hoja[GrupoPedido]) -> NuevoGrupo:
    datos = hoja.datos
    fin = None if datos.hasta is None else datetime.combine(datos.hasta, time.min, ZONA) + timedelta(days=1)
    return NuevoGrupo(
        facultades=datos.facultades,
        cedulas=tuple(leer_cedula(p.ci, p.complemento) for p in datos.personas),
        firmas=datos.firmas,
        monto_limite=datos.monto_limite,
        limite_dia=datos.limite_dia,
        limite_mes=datos.limite_mes,
        hasta=fin,
        documento=datos.documento,
        id=hoja.id,
    )


def _pagina(request: Request, unidad: Unidad, hoja: Hoja[Any] | None = None) -> Response:
    return pagina(
        request,
        "actos/mandato_conjunto.html",
        hoja=hoja,
        unidad=unidad,
        grupo=GRUPO.mostrar(request, enviada=hoja),
        filas=FILAS,
    )
