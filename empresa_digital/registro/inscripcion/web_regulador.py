"""Pages of the regulating authority: trays of registrations and qualities, and the decision on each."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro.asientos import Operacion, asientos_de
from empresa_digital.registro.catalogos import actividad, forma_legal, lugar, lugares
from empresa_digital.registro.competencias import a_firmar, lista_de_normas
from empresa_digital.registro.habilitaciones import (
    OTORGAMIENTO,
    CuerpoDeOtorgamiento,
    Habilitacion,
    habilitaciones_de,
    rechazar_habilitacion,
    solicitudes,
    suspender_habilitacion,
)
from empresa_digital.registro.habilitaciones import palabras as calidades
from empresa_digital.registro.identificadores import ESQUEMAS, identificadores_de
from empresa_digital.registro.inscripcion import vida
from empresa_digital.registro.inscripcion.acto import INSCRIPCION, CuerpoDeInscripcion
from empresa_digital.registro.inscripcion.formularios import (
    DECISION,
    HABILITACION,
    RECTIFICACION,
    DecisionDeHabilitacion,
    HojaDeDecision,
    HojaDeHabilitacion,
    HojaDeRectificacion,
)
from empresa_digital.registro.inscripcion.vistas import historia
from empresa_digital.registro.mandatos import (
    exigir_regulador,
    facultades_en_palabras,
    mandatos_de,
    nombres_de_apoderados,
)
from empresa_digital.registro.unidades import (
    PENDIENTES,
    TRANSICIONES,
    EstadoUnidad,
    Unidad,
    actividades_de,
    bandeja,
    bloquear_unidad,
    contar_por_estado,
    faltantes,
    leer_fichas,
    pagina,
    unidad_por_id,
    unidad_por_numero,
    unidades_parecidas,
    url_siguiente,
)
from nucleo.actor import Actor
from nucleo.actos import Propuesto
from nucleo.bd import Sesion
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado
from nucleo.formularios import Hoja
from nucleo.paginacion import Cursor, CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.textos import perezoso as _l
from nucleo.web import redirigir

router = APIRouter(include_in_schema=False)

_BANDEJAS: dict[str, tuple[str, tuple[EstadoUnidad, ...]]] = {
    "por-revisar": (_l("Por revisar"), tuple(sorted(PENDIENTES))),
    "observadas": (_l("Observadas"), (EstadoUnidad.OBSERVADA,)),
    "inscritas": (_l("Inscritas"), (EstadoUnidad.INSCRITA,)),
    "suspendidas": (_l("Suspendidas"), (EstadoUnidad.SUSPENDIDA,)),
    "canceladas": (_l("Canceladas"), (EstadoUnidad.CANCELADA,)),
}
_DECISIONES: dict[str, tuple[Operacion, Callable[[Session, Actor, Any, str], object], str]] = {
    "inscribir": (
        Operacion.INSCRIBIR,
        lambda sesion, actor, unidad_id, _motivo: _inscribir(sesion, actor, unidad_id),
        _l("Unidad inscrita."),
    ),
    "observar": (Operacion.OBSERVAR, vida.observar, _l("Observaciones enviadas.")),
    "suspender": (Operacion.SUSPENDER, vida.suspender, _l("Unidad suspendida.")),
    "rehabilitar": (
        Operacion.REHABILITAR,
        lambda sesion, actor, unidad_id, _motivo: vida.rehabilitar(sesion, actor, unidad_id),
        _l("Unidad rehabilitada."),
    ),
    "cancelar": (Operacion.CANCELAR, vida.cancelar, _l("Registro cancelado.")),
}


def _inscribir(sesion: Session, actor: Actor, unidad_id: UUID) -> Unidad | Propuesto:
    version = unidad_por_id(sesion, unidad_id).version
    return INSCRIPCION.hacer(sesion, actor, CuerpoDeInscripcion(unidad=unidad_id, version=version))


@router.get("/regulador/unidades")
def ver_bandeja(
    request: Request, sesion: Sesion, actor: ActorRequerido, cursor: Cursor, estado: str = "por-revisar"
) -> Response:
    """Registrations by what they wait for; those that wait longest first."""
    exigir_regulador(sesion, actor)
    clave = estado if estado in _BANDEJAS else "por-revisar"
    filas, siguiente = bandeja(sesion, _BANDEJAS[clave][1], cursor)
    totales = contar_por_estado(sesion)
    pestanas = [
        (str(nombre), f"/regulador/unidades?estado={c}", sum(totales.get(e, 0) for e in estados))
        for c, (nombre, estados) in _BANDEJAS.items()
    ]
    return pagina(
        request,
        "inscripcion/regulador.html",
        pestanas=pestanas,
        actual=f"/regulador/unidades?estado={clave}",
        clave=clave,
        unidades=filas,
        lugares=lugares(sesion, (u.municipio_ine for u in filas)),
        siguiente=url_siguiente(request, siguiente),
        solicitudes=len(solicitudes(sesion)),
    )


@router.get("/regulador/unidades/{numero}")
def ver_unidad(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_unidad(request, sesion, actor, numero)


# --- Rectification ---------------------------------------------------------------------------------------


@router.get("/regulador/unidades/{numero}/rectificar")
def ver_rectificacion(numero: str, request: Request, sesion: Sesion, actor: ActorRequerido) -> Response:
    return _pagina_de_rectificacion(request, sesion, actor, numero)


@router.post("/regulador/unidades/{numero}/rectificar")
def rectificar(
    numero: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeRectificacion
) -> Response:
    """Mend what identifies a registered unit, saying why; its people are told."""
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    with hoja:
        cambios = hoja.datos.model_dump(exclude={"motivo"}, exclude_unset=True)
        vida.rectificar_unidad(sesion, actor, unidad.id, cambios, hoja.datos.motivo, version=hoja.version)
        return redirigir(
            f"/regulador/unidades/{unidad.numero}", _("Datos rectificados: se avisó a la unidad.")
        )
    return _pagina_de_rectificacion(request, sesion, actor, numero, hoja)


def _pagina_de_rectificacion(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    actuales = {**ficha.campos, **{f"identificadores.{e}": v for e, v in ficha.identificadores.items()}}
    rectificacion = RECTIFICACION.mostrar(request, actuales, version=unidad.version, enviada=hoja)
    return pagina(
        request,
        "inscripcion/rectificar.html",
        hoja=hoja,
        unidad=unidad,
        rectificacion=rectificacion,
        esquemas=ESQUEMAS,
    )


# --- The decision on a registration --------------------------------------------------------------------


@router.post("/regulador/unidades/{numero}/{decision}")
def decidir(
    numero: str, decision: str, request: Request, sesion: Sesion, actor: ActorRequerido, hoja: HojaDeDecision
) -> Response:
    """Register, observe, suspend, restore or cancel. A decision taken on an older version is not executed."""
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    if decision not in _DECISIONES:
        raise NoEncontrado(_("Esa decisión no existe."))
    _operacion, ejecutar, aviso = _DECISIONES[decision]
    with hoja:
        if bloquear_unidad(sesion, unidad.id).version != hoja.version:
            raise Conflicto(_("La unidad cambió mientras usted la revisaba: vea cómo está ahora."))
        hecho = ejecutar(sesion, actor, unidad.id, hoja.datos.motivo)
        if isinstance(hecho, Propuesto):
            return a_firmar(hecho)
        return redirigir(f"/regulador/unidades/{unidad.numero}", str(aviso))
    return _pagina_unidad(request, sesion, actor, numero, hoja)


def _pagina_unidad(
    request: Request, sesion: Session, actor: Actor, numero: str, hoja: Hoja[Any] | None = None
) -> Response:
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    filas = mandatos_de(sesion, unidad.id, solo_vigentes=True)
    asientos, _mas = asientos_de(sesion, unidad.id, CursorPedido(cursor=None, limite=10))
    ficha = leer_fichas(sesion, [unidad])[unidad.id]
    return pagina(
        request,
        "inscripcion/regulador_unidad.html",
        hoja=hoja,
        unidad=unidad,
        forma=forma_legal(sesion, unidad.forma_legal),
        actividad=actividad(sesion, unidad.actividad_ciiu),
        otras=actividades_de(sesion, unidad.id),
        lugar=lugar(sesion, unidad.municipio_ine),
        identificadores=identificadores_de(sesion, unidad.id),
        calidades=calidades,
        facultades_en_palabras=facultades_en_palabras,
        esquemas=ESQUEMAS,
        faltan=list(faltantes(ficha).values()),
        parecidas=unidades_parecidas(sesion, unidad.denominacion, excepto=unidad.id, solo_publicas=False),
        mandatos=filas,
        apoderados=nombres_de_apoderados(sesion, filas),
        habilitaciones=_habilitaciones(request, sesion, unidad, hoja),
        renglones=historia(sesion, asientos),
        decisiones={
            d: DECISION.mostrar(request, version=unidad.version, enviada=hoja, de=d)
            for d in _posibles(unidad)
        },
    )


def _habilitaciones(
    request: Request, sesion: Session, unidad: Unidad, hoja: Hoja[Any] | None
) -> list[tuple[Any, Hoja[Any]]]:
    """Each quality of the unit, with the form to decide on it."""
    hoy = fecha_bolivia(ahora_bd(sesion))
    normas = [(n.codigo, f"{n.codigo} · {n.titulo}") for n in lista_de_normas(sesion, en=hoy)]
    return [
        (
            h,
            HABILITACION.mostrar(
                request,
                {"norma": h.norma, "desde": hoy},
                enviada=hoja,
                de=h.habilitacion,
                opciones={"norma": normas},
            ),
        )
        for h in habilitaciones_de(sesion, unidad.id)
    ]


def _posibles(unidad: Unidad) -> set[str]:
    """The decisions that the state of the unit allows to the regulator."""
    posibles = {
        d for d, (operacion, *_resto) in _DECISIONES.items() if (unidad.estado, operacion) in TRANSICIONES
    }
    if unidad.estado == EstadoUnidad.BORRADOR or unidad.inscrita_en is None:
        posibles -= {"rehabilitar"}
    return posibles if unidad.estado != EstadoUnidad.BORRADOR else set()


# --- Qualities -------------------------------------------------------------------------------------------


@router.post("/regulador/unidades/{numero}/habilitaciones/{habilitacion}")
def decidir_habilitacion(
    numero: str,
    habilitacion: Habilitacion,
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeHabilitacion,
) -> Response:
    """Grant with norm and dates, refuse or suspend with a reason."""
    exigir_regulador(sesion, actor)
    unidad = unidad_por_numero(sesion, numero)
    with hoja:
        datos = hoja.datos
        if not hoja.ya_hecha:
            hecho = _decidir_habilitacion(sesion, actor, unidad, habilitacion, datos)
            if isinstance(hecho, Propuesto):
                return a_firmar(hecho)
        return redirigir(f"/regulador/unidades/{unidad.numero}", _("Decisión registrada."))
    return _pagina_unidad(request, sesion, actor, numero, hoja)


def _decidir_habilitacion(
    sesion: Session,
    actor: Actor,
    unidad: Unidad,
    habilitacion: Habilitacion,
    datos: DecisionDeHabilitacion,
) -> object:
    if datos.otorgar:
        return OTORGAMIENTO.hacer(
            sesion,
            actor,
            CuerpoDeOtorgamiento(
                unidad=unidad.id,
                habilitacion=habilitacion,
                norma=datos.norma,
                desde=datos.desde or fecha_bolivia(ahora_bd(sesion)),
                hasta=datos.hasta,
            ),
        )
    if datos.rechazar:
        return rechazar_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    if datos.suspender:
        return suspender_habilitacion(sesion, actor, unidad.id, habilitacion, datos.motivo)
    raise DatosInvalidos(_("Elija qué decide."))
