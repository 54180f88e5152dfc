"""Pages for who charges: the desk, the catalogue, orders, the printed QR. Part of `web.router`."""

from collections.abc import Collection
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
    CON_LO_SUYO,
    EstadoUnidad,
    Facultad,
    Unidad,
    lugar,
    tiene_facultad,
    unidad_por_id,
    unidad_por_numero,
)
from nucleo.actor import Actor
from nucleo.bd import Sesion
from nucleo.dinero import bs
from nucleo.errores import NoEncontrado, Prohibido
from nucleo.formularios import Hoja
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.cobros import catalogo
from pagos.cobros.accesos import (
    ACTIVAS,
    exigir_catalogo,
    exigir_cobrar,
    exigir_cobrar_orden,
    exigir_receptor,
    unidades_que_cobran,
)
from pagos.cobros.codigos_qr import qr_de_orden, qr_de_unidad
from pagos.cobros.consultas import (
    Filtro,
    cifras_del_dia,
    concepto_por_id,
    conceptos_de,
    lineas_de,
    listar_ordenes,
    orden_por_id,
    pagos_de,
    usos_de_conceptos,
)
from pagos.cobros.cpt import formato_cpt
from pagos.cobros.devueltos import devuelto_por_orden, devuelto_por_pago
from pagos.cobros.estados import Devolucion, EstadoOrden, estado_visible
from pagos.cobros.formularios import (
    ANULACION,
    BORRADO,
    CAMBIO,
    CONCEPTO,
    FILAS_DE_LINEAS,
    FILAS_DE_TERMINOS,
    ORDEN,
    HojaDeAnulacion,
    HojaDeBorrado,
    HojaDeCambio,
    HojaDeConcepto,
    HojaDeOrden,
    valores_de_concepto,
)
from pagos.cobros.modelos import Concepto, Orden
from pagos.cobros.ordenes import anular_orden, emitir_orden
from pagos.cobros.presentar import (
    NOMBRES,
    NOMBRES_DE_DEVOLUCION,
    estado_de,
    url_de_pago,
    vencimiento_en_palabras,
)
from pagos.qr import dibujar

router = APIRouter()


def _elegir(
    sesion: Session, actor: Actor, numero: str, estados: Collection[EstadoUnidad] = ACTIVAS
) -> tuple[list[Unidad], Unidad]:
    """The units the actor charges for, and the one asked for (the first without asking).

    Raises `Prohibido` when there is none, with what to do.
    """
    unidades = unidades_que_cobran(sesion, actor, estados)
    if numero:
        pedida = unidad_por_numero(sesion, numero[:40])
        exigir_cobrar(sesion, actor, pedida.id, estados)
        if pedida.estado in ACTIVAS or estados is ACTIVAS:
            exigir_receptor(sesion, pedida.id)
        return unidades, pedida
    if not unidades:
        raise Prohibido(
            _("Ninguna de sus unidades puede cobrar. Pida «Recibir pagos electrónicos» en Mis unidades.")
        )
    return unidades, next((u for u in unidades if u.esta_activa), unidades[0])


def _administra(sesion: Session, actor: Actor, unidad: Unidad) -> bool:
    return tiene_facultad(sesion, actor, unidad.id, Facultad.ADMINISTRAR)


# --- The desk -------------------------------------------------------------------------------------------


@router.get("/cobros")
def escritorio(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: Annotated[str, Query(max_length=40)] = "",
    estado: Annotated[str, Query(max_length=20)] = "",
    q: Annotated[str, Query(max_length=80)] = "",
    cursor: Annotated[str | None, Query(max_length=400)] = None,
) -> Response:
    """Today's figures, and the orders of a unit by state, code, reference or document."""
    unidades, elegida = _elegir(sesion, actor, unidad, CON_LO_SUYO)
    filtrado = EstadoOrden(estado) if estado in set(EstadoOrden) else None
    filtro = Filtro(unidades=[elegida.id], estado=filtrado, buscar=q)
    ordenes, siguiente = listar_ordenes(sesion, filtro, CursorPedido(cursor, 20))
    ahora = ahora_bd(sesion)
    devuelto = devuelto_por_orden(sesion, [o.id for o in ordenes])
    base = {"unidad": elegida.numero} | ({"q": q} if q else {})
    return pagina(
        request,
        "pagos/cobros/escritorio.html",
        unidades=unidades,
        unidad=elegida,
        administra=_administra(sesion, actor, elegida),
        cifras=cifras_del_dia(sesion, elegida.id),
        situacion=filtrado,
        q=q,
        base="/cobros?" + urlencode(base),
        ordenes=ordenes,
        devueltas={o.id: devuelto[o.id] for o in ordenes if devuelto[o.id].amount},
        estados={o.id: estado_visible(EstadoOrden(o.estado), o.vence_en, ahora) for o in ordenes},
        nombres=NOMBRES,
        formato_cpt=formato_cpt,
        siguiente_url="/cobros?"
        + urlencode(base | ({"estado": filtrado.value} if filtrado else {}) | {"cursor": siguiente})
        if siguiente
        else None,
    )


@router.get("/cobros/qr")
def qr_impreso(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    """The unit's static QR, to print and stick on the counter."""
    unidades, elegida = _elegir(sesion, actor, unidad)
    texto = qr_de_unidad(sesion, elegida)
    return pagina(
        request,
        "pagos/cobros/qr.html",
        unidades=unidades,
        unidad=elegida,
        lugar=lugar(sesion, elegida.municipio_ine),
        qr=dibujar(texto, _("Código QR para pagar a %(unidad)s") % {"unidad": elegida.nombre}),
        texto=texto,
    )


# --- Catalogue ------------------------------------------------------------------------------------------


@router.get("/cobros/conceptos")
def conceptos(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    unidades, elegida = _elegir(sesion, actor, unidad)
    return pagina(
        request,
        "pagos/cobros/conceptos.html",
        unidades=unidades,
        unidad=elegida,
        administra=_administra(sesion, actor, elegida),
        conceptos=conceptos_de(sesion, elegida.id),
        usos=usos_de_conceptos(sesion, elegida.id),
        hoy=fecha_bolivia(ahora_bd(sesion)),
    )


@router.get("/cobros/conceptos/nuevo")
def formulario_concepto(
    request: Request, sesion: Sesion, actor: ActorRequerido, unidad: Annotated[str, Query(max_length=40)] = ""
) -> Response:
    _unidades, elegida = _elegir(sesion, actor, unidad)
    return _pagina_nuevo_concepto(request, sesion, actor, elegida)


def _pagina_nuevo_concepto(
    request: Request,
    sesion: Session,
    actor: Actor,
    unidad: Unidad,
    hoja: Hoja[Any] | None = None,
) -> Response:
    exigir_catalogo(sesion, actor, unidad.id)
    valores = {"cobro.modo": "monto", "vigente_desde": fecha_bolivia(ahora_bd(sesion))}
    formulario = CONCEPTO.mostrar(request, valores, enviada=hoja)
    return pagina(
        request,
        "pagos/cobros/concepto.html",
        hoja=hoja,
        unidad=unidad,
        concepto=None,
        usado=False,
        formulario=formulario,
        filas=_filas(formulario, "cobro.formula.terminos", FILAS_DE_TERMINOS),
    )


def _filas(formulario: Hoja[Any], grupo: str, minimo: int) -> range:
    """The rows to draw: those that hold something, and `minimo` at least."""
    return range(max([minimo - 1, *formulario.filas(grupo)]) + 1)


@router.post("/cobros/conceptos/nuevo")
def crear_concepto(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeConcepto,
    unidad: Annotated[str, Query(max_length=40)],
) -> Response:
    elegida = unidad_por_numero(sesion, unidad)
    with hoja:
        concepto = catalogo.crear_concepto(sesion, actor, hoja.datos.pedido(elegida.id))
        return redirigir(
            f"/cobros/conceptos?unidad={elegida.numero}", _("Guardó «%(c)s».") % {"c": concepto.nombre}
        )
    return _pagina_nuevo_concepto(request, sesion, actor, elegida, hoja)


@router.get("/cobros/conceptos/{concepto_id}")
def ver_concepto(request: Request, sesion: Sesion, actor: ActorRequerido, concepto_id: UUID) -> Response:
    return _pagina_concepto(request, sesion, actor, concepto_id)


def _pagina_concepto(
    request: Request, sesion: Session, actor: Actor, concepto_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    concepto = concepto_por_id(sesion, concepto_id)
    exigir_catalogo(sesion, actor, concepto.unidad_id)
    usado = concepto.id in usos_de_conceptos(sesion, concepto.unidad_id)
    valores = valores_de_concepto(concepto, usado=usado)
    formulario = CAMBIO.mostrar(request, valores, version=concepto.version, enviada=hoja)
    return pagina(
        request,
        "pagos/cobros/concepto.html",
        hoja=hoja,
        unidad=unidad_por_id(sesion, concepto.unidad_id),
        concepto=concepto,
        usado=usado,
        formulario=formulario,
        borrado=BORRADO.mostrar(request, version=concepto.version, enviada=hoja),
        filas=_filas(formulario, "cobro.formula.terminos", FILAS_DE_TERMINOS),
    )


@router.post("/cobros/conceptos/{concepto_id}")
def editar_concepto(
    request: Request, sesion: Sesion, actor: ActorRequerido, concepto_id: UUID, hoja: HojaDeCambio
) -> Response:
    with hoja:
        concepto = catalogo.editar_concepto(sesion, actor, concepto_id, hoja.datos.pedido, hoja.version)
        unidad = unidad_por_id(sesion, concepto.unidad_id)
        return redirigir(f"/cobros/conceptos?unidad={unidad.numero}", _("Guardó los cambios."))
    return _pagina_concepto(request, sesion, actor, concepto_id, hoja)


@router.post("/cobros/conceptos/{concepto_id}/borrar")
def borrar_concepto(
    request: Request, sesion: Sesion, actor: ActorRequerido, concepto_id: UUID, hoja: HojaDeBorrado
) -> Response:
    with hoja:
        concepto = concepto_por_id(sesion, concepto_id)
        unidad = unidad_por_id(sesion, concepto.unidad_id)
        catalogo.borrar_concepto(sesion, actor, concepto_id, hoja.version)
        return redirigir(f"/cobros/conceptos?unidad={unidad.numero}", _("Borró el concepto."))
    return _pagina_concepto(request, sesion, actor, concepto_id, hoja)


# --- Orders ---------------------------------------------------------------------------------------------


def _concepto_pedido(sesion: Session, unidad: Unidad, codigo: str) -> Concepto | None:
    """The concept in force with this code, None for «otro». Raises `NoEncontrado`."""
    if codigo == "otro":
        return None
    for concepto in conceptos_de(sesion, unidad.id, solo_vigentes=True):
        if concepto.codigo == codigo:
            return concepto
    raise NoEncontrado(_("Ese concepto no rige hoy."))


@router.get("/cobros/ordenes/nueva")
def formulario_orden(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    unidad: Annotated[str, Query(max_length=40)] = "",
    concepto: Annotated[str, Query(max_length=20)] = "",
) -> Response:
    """First what is charged (a concept, or something else), then to whom and until when."""
    unidades, elegida = _elegir(sesion, actor, unidad)
    if not concepto:
        return pagina(
            request,
            "pagos/cobros/orden_elegir.html",
            unidades=unidades,
            unidad=elegida,
            conceptos=conceptos_de(sesion, elegida.id, solo_vigentes=True),
        )
    return _pagina_orden_nueva(request, elegida, _concepto_pedido(sesion, elegida, concepto))


def _pagina_orden_nueva(
    request: Request, unidad: Unidad, concepto: Concepto | None, hoja: Hoja[Any] | None = None
) -> Response:
    orden = ORDEN.mostrar(request, {"cantidad": 1, "pagador.tipo": "CI"}, enviada=hoja)
    return pagina(
        request,
        "pagos/cobros/orden_nueva.html",
        hoja=hoja,
        unidad=unidad,
        concepto=concepto,
        formula=concepto.como_formula if concepto else None,
        orden=orden,
        filas=_filas(orden, "lineas", FILAS_DE_LINEAS),
    )


@router.post("/cobros/ordenes/nueva")
def emitir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    hoja: HojaDeOrden,
    unidad: Annotated[str, Query(max_length=40)],
    concepto: Annotated[str, Query(max_length=20)] = "otro",
) -> Response:
    """Issue it. The id came with the form: pressing twice issues one."""
    elegida = unidad_por_numero(sesion, unidad)
    exigir_cobrar(sesion, actor, elegida.id)
    hallado = _concepto_pedido(sesion, elegida, concepto)
    with hoja:
        pedido = hoja.datos.pedido(elegida.id, hallado)
        orden = emitir_orden(sesion, actor, pedido, id=hoja.id).orden
        return redirigir(
            f"/cobros/ordenes/{orden.id}", _("Emitió la orden %(cpt)s.") % {"cpt": formato_cpt(orden.cpt)}
        )
    return _pagina_orden_nueva(request, elegida, hallado, hoja)


def _orden_propia(sesion: Session, actor: Actor, orden_id: UUID) -> Orden:
    orden = orden_por_id(sesion, orden_id)
    exigir_cobrar_orden(sesion, actor, orden)
    return orden


@router.get("/cobros/ordenes/{orden_id}")
def ver_orden(request: Request, sesion: Sesion, actor: ActorRequerido, orden_id: UUID) -> Response:
    return _pagina_orden(request, sesion, actor, orden_id)


def _pagina_orden(
    request: Request, sesion: Session, actor: Actor, orden_id: UUID, hoja: Hoja[Any] | None = None
) -> Response:
    orden = _orden_propia(sesion, actor, orden_id)
    estado = estado_de(sesion, orden)
    contexto: dict[str, Any] = {"qr": None, "texto_qr": ""}
    if estado.se_puede_pagar:
        texto = qr_de_orden(sesion, orden)
        contexto = {"qr": dibujar(texto, _("Código QR de la orden")), "texto_qr": texto}
    pagos = pagos_de(sesion, orden.id)
    devuelto = devuelto_por_pago(sesion, pagos)
    return pagina(
        request,
        "pagos/cobros/orden_entidad.html",
        hoja=hoja,
        orden=orden,
        cpt=formato_cpt(orden.cpt),
        unidad=unidad_por_id(sesion, orden.unidad_id),
        situacion=estado,
        insignia=NOMBRES[estado],
        vence=vencimiento_en_palabras(orden.vence_en, ahora_bd(sesion)),
        lineas=lineas_de(sesion, orden.id),
        pagos=pagos,
        devuelto=devuelto,
        devuelto_total=sum(devuelto.values(), bs(0)),
        devolucion=NOMBRES_DE_DEVOLUCION.get(Devolucion.de(orden.pagado, sum(devuelto.values(), bs(0)))),
        devuelve=tiene_facultad(sesion, actor, orden.unidad_id, Facultad.PAGAR, estados=CON_LO_SUYO),
        url=url_de_pago(orden),
        anulacion=ANULACION.mostrar(request, version=orden.version, enviada=hoja),
        **contexto,
    )


@router.post("/cobros/ordenes/{orden_id}/anular")
def anular(
    request: Request, sesion: Sesion, actor: ActorRequerido, orden_id: UUID, hoja: HojaDeAnulacion
) -> Response:
    with hoja:
        orden = anular_orden(sesion, actor, orden_id, hoja.datos.motivo, hoja.version)
        return redirigir(f"/cobros/ordenes/{orden.id}", _("La orden quedó anulada."))
    return _pagina_orden(request, sesion, actor, orden_id, hoja)
