"""Pages of the qualities: the unit asks, the regulator sees who waits."""

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.habilitaciones import habilitar
from empresa_digital.registro.habilitaciones import palabras as calidades
from empresa_digital.registro.habilitaciones.consultas import habilitaciones_de, solicitudes
from empresa_digital.registro.habilitaciones.tipos import EstadoHabilitacion, Habilitacion
from empresa_digital.registro.mandatos import administra, exigir_regulador, unidad_propia
from empresa_digital.registro.unidades import Formulario, Unidad, pagina, texto, unidades_en_lote
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos
from nucleo.textos import gettext as _
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)


@router.get("/mis-unidades/{numero}/habilitaciones")
def ver_habilitaciones(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_habilitaciones(request, sesion, actor, unidad_propia(sesion, actor, numero), {})


@router.post("/mis-unidades/{numero}/habilitaciones")
def solicitar_habilitacion(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, formulario: Formulario
) -> Response:
    unidad = unidad_propia(sesion, actor, numero)
    pedida = texto(formulario, "habilitacion")
    if pedida not in Habilitacion.__members__:
        errores = {"habilitacion": _("Elija una habilitación.")}
        return _pagina_habilitaciones(request, sesion, actor, unidad, errores, 422)
    try:
        habilitar.solicitar_habilitacion(sesion, actor, unidad.id, Habilitacion(pedida))
    except (DatosInvalidos, Conflicto) as error:
        errores = {"habilitacion": error.detalle}
        return _pagina_habilitaciones(request, sesion, actor, unidad, errores, error.estado)
    return redirigir(f"/mis-unidades/{unidad.numero}/habilitaciones", _("Solicitud enviada al registro."))


def _pagina_habilitaciones(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: Unidad,
    errores: dict[str, str],
    estado: int = 200,
) -> Response:
    filas = habilitaciones_de(sesion, unidad.id)
    tomadas = {f.habilitacion for f in filas if f.estado != EstadoHabilitacion.RECHAZADA}
    libres = [h for h in habilitar.solicitables(unidad.tipo) if h not in tomadas]
    return pagina(
        request,
        "habilitaciones/habilitaciones.html",
        estado,
        unidad=unidad,
        filas=filas,
        calidades=calidades,
        libres=[(h.value, str(calidades.HABILITACIONES[h])) for h in libres],
        administra=administra(sesion, actor, unidad),
        errores=errores,
    )


@router.get("/regulador/habilitaciones")
def ver_solicitudes(request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    """Requests for qualities, oldest first."""
    exigir_regulador(sesion, actor)
    filas = solicitudes(sesion)
    unidades = unidades_en_lote(sesion, (fila.unidad_id for fila in filas))
    return pagina(
        request,
        "habilitaciones/regulador_habilitaciones.html",
        calidades=calidades,
        filas=[(fila, unidades[fila.unidad_id]) for fila in filas],
    )
