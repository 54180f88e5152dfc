"""Pages for who charges: the desk, the catalogue, orders, the printed QR. Part of `web.router`."""

from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from sqlmodel import Session
from starlette.responses import Response

from ciudadania import ActorRequerido
from empresa_digital.registro import (
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
from nucleo.errores import Conflicto, DatosInvalidos, NoEncontrado, PrecondicionFallida, Prohibido
from nucleo.ids import nuevo_id
from nucleo.paginacion import CursorPedido
from nucleo.reloj import ahora_bd, fecha_bolivia
from nucleo.textos import gettext as _
from nucleo.web import pagina, redirigir
from pagos.cobros import catalogo
from pagos.cobros.accesos import (
    exigir_catalogo,
    exigir_cobrar,
    exigir_cobrar_orden,
    exigir_receptor,
    unidades_que_cobran,
)
from pagos.cobros.codigos_qr import dibujar, qr_de_orden, qr_de_unidad
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
from pagos.cobros.esquemas import ConceptoPorCrear, ConceptoPorEditar, OrdenPorEmitir
from pagos.cobros.estados import Devolucion, EstadoOrden, estado_visible
from pagos.cobros.formularios import (
    FILAS_DE_LINEAS,
    FILAS_DE_TERMINOS,
    leer_concepto,
    leer_pedido_de_orden,
    validar,
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

router = APIRouter()

CAMPOS_MAX = 60


async def _formulario(request: Request) -> dict[str, str]:
    """The form's text fields, each cut to a sane length."""
    datos = await request.form(max_fields=CAMPOS_MAX, max_files=0)
    return {nombre: valor[:1200] for nombre, valor in datos.items() if isinstance(valor, str)}


Formulario = Annotated[dict[str, str], Depends(_formulario)]


def _elegir(sesion: Session, actor: Actor, numero: str) -> tuple[list[Unidad], Unidad]:
    """The units the actor charges for, and the one asked for (the first without asking).

    Raises `Prohibido` when there is none, with what to do.
    """
    unidades = unidades_que_cobran(sesion, actor)
    if numero:
        pedida = unidad_por_numero(sesion, numero[:40])
        exigir_cobrar(sesion, actor, pedida.id)
        exigir_receptor(sesion, pedida.id)
        return unidades, pedida
    if not unidades:
        raise Prohibido(
            _("Ninguna de sus unidades puede cobrar. Pida «Recibir pagos electrónicos» en Mis unidades.")
        )
    return unidades, unidades[0]


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
    unidades, elegida = _elegir(sesion, actor, unidad)
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
    exigir_catalogo(sesion, actor, elegida.id)
    valores = {"modo": "monto", "vigente_desde": fecha_bolivia(ahora_bd(sesion)).isoformat()}
    return _pagina_concepto(request, elegida, None, valores, {}, usado=False)


def _pagina_concepto(
    request: Request,
    unidad: Unidad,
    concepto: Concepto | None,
    valores: dict[str, str],
    errores: dict[str, str],
    *,
    usado: bool,
    estado: int = 422,
) -> Response:
    return pagina(
        request,
        "pagos/cobros/concepto.html",
        estado if errores else 200,
        unidad=unidad,
        concepto=concepto,
        valores=valores,
        errores=errores,
        usado=usado,
        filas=range(1, FILAS_DE_TERMINOS + 1),
        id=valores.get("id") or nuevo_id(),
    )


@router.post("/cobros/conceptos/nuevo")
def crear_concepto(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    datos: Formulario,
    unidad: Annotated[str, Query(max_length=40)],
) -> Response:
    elegida = unidad_por_numero(sesion, unidad)
    exigir_catalogo(sesion, actor, elegida.id)
    pedido, errores = leer_concepto(datos)
    pedido |= {"unidad_id": elegida.id, "codigo": datos.get("codigo", "")}
    nuevo, faltas = validar(ConceptoPorCrear, pedido)
    if errores or nuevo is None:
        return _pagina_concepto(request, elegida, None, datos, errores or faltas, usado=False)
    try:
        concepto = catalogo.crear_concepto(sesion, actor, nuevo)
    except (Conflicto, DatosInvalidos) as error:
        errores = error.campos or {"general": error.detalle}
        return _pagina_concepto(request, elegida, None, datos, errores, usado=False, estado=error.estado)
    return redirigir(
        f"/cobros/conceptos?unidad={elegida.numero}", _("Guardó «%(c)s».") % {"c": concepto.nombre}
    )


@router.get("/cobros/conceptos/{concepto_id}")
def ver_concepto(request: Request, sesion: Sesion, actor: ActorRequerido, concepto_id: UUID) -> Response:
    concepto = concepto_por_id(sesion, concepto_id)
    exigir_catalogo(sesion, actor, concepto.unidad_id)
    usado = concepto.id in usos_de_conceptos(sesion, concepto.unidad_id)
    valores = valores_de_concepto(concepto) | {"version": str(concepto.version)}
    unidad = unidad_por_id(sesion, concepto.unidad_id)
    return _pagina_concepto(request, unidad, concepto, valores, {}, usado=usado)


@router.post("/cobros/conceptos/{concepto_id}")
def editar_concepto(
    request: Request, sesion: Sesion, actor: ActorRequerido, concepto_id: UUID, datos: Formulario
) -> Response:
    concepto = concepto_por_id(sesion, concepto_id)
    exigir_catalogo(sesion, actor, concepto.unidad_id)
    unidad = unidad_por_id(sesion, concepto.unidad_id)
    usado = concepto.id in usos_de_conceptos(sesion, concepto.unidad_id)
    pedido, errores = leer_concepto(valores_de_concepto(concepto) | datos if usado else datos)
    cambios, faltas = validar(ConceptoPorEditar, pedido)
    if errores or cambios is None:
        return _pagina_concepto(request, unidad, concepto, datos, errores or faltas, usado=usado)
    try:
        catalogo.editar_concepto(sesion, actor, concepto_id, cambios, _version(datos))
    except (Conflicto, DatosInvalidos, PrecondicionFallida) as error:
        sesion.rollback()
        errores = error.campos or {"general": error.detalle}
        return _pagina_concepto(request, unidad, concepto, datos, errores, usado=usado, estado=error.estado)
    return redirigir(f"/cobros/conceptos?unidad={unidad.numero}", _("Guardó los cambios."))


@router.post("/cobros/conceptos/{concepto_id}/borrar")
def borrar_concepto(sesion: Sesion, actor: ActorRequerido, concepto_id: UUID, datos: Formulario) -> Response:
    concepto = concepto_por_id(sesion, concepto_id)
    unidad = unidad_por_id(sesion, concepto.unidad_id)
    catalogo.borrar_concepto(sesion, actor, concepto_id, _version(datos))
    return redirigir(f"/cobros/conceptos?unidad={unidad.numero}", _("Borró el concepto."))


def _version(datos: dict[str, str]) -> int:
    crudo = datos.get("version", "")
    return int(crudo) if crudo.isascii() and crudo.isdigit() and len(crudo) < 10 else 0


# --- Orders ---------------------------------------------------------------------------------------------


def _concepto_pedido(sesion: Session, unidad: Unidad, codigo: str) -> Concepto | None:
    for concepto in conceptos_de(sesion, unidad.id, solo_vigentes=True):
        if concepto.codigo == codigo:
            return concepto
    return None


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
    hallado = None if concepto == "otro" else _concepto_pedido(sesion, elegida, concepto)
    if hallado is None and concepto != "otro":
        raise NoEncontrado(_("Ese concepto no rige hoy."))
    return _pagina_orden_nueva(request, elegida, hallado, {}, {})


def _pagina_orden_nueva(
    request: Request,
    unidad: Unidad,
    concepto: Concepto | None,
    valores: dict[str, str],
    errores: dict[str, str],
    estado: int = 422,
) -> Response:
    return pagina(
        request,
        "pagos/cobros/orden_nueva.html",
        estado if errores else 200,
        unidad=unidad,
        concepto=concepto,
        formula=concepto.como_formula if concepto else None,
        valores=valores,
        errores=errores,
        filas=range(1, FILAS_DE_LINEAS + 1),
        id=valores.get("id") or nuevo_id(),
    )


@router.post("/cobros/ordenes/nueva")
def emitir(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    datos: Formulario,
    unidad: Annotated[str, Query(max_length=40)],
    concepto: Annotated[str, Query(max_length=20)] = "otro",
) -> Response:
    """Issue it. The id came with the form: pressing twice issues one."""
    elegida = unidad_por_numero(sesion, unidad)
    exigir_cobrar(sesion, actor, elegida.id)
    hallado = None if concepto == "otro" else _concepto_pedido(sesion, elegida, concepto)
    if hallado is None and concepto != "otro":
        raise NoEncontrado(_("Ese concepto no rige hoy."))
    crudo, errores = leer_pedido_de_orden(datos, elegida.id, hallado)
    pedido, faltas = validar(OrdenPorEmitir, crudo)
    if errores or pedido is None:
        return _pagina_orden_nueva(request, elegida, hallado, datos, errores or faltas)
    try:
        emitida = emitir_orden(sesion, actor, pedido, id=_id(datos))
    except (Conflicto, DatosInvalidos) as error:
        return _pagina_orden_nueva(request, elegida, hallado, datos, _por_campo(error), error.estado)
    return redirigir(
        f"/cobros/ordenes/{emitida.orden.id}",
        _("Emitió la orden %(cpt)s.") % {"cpt": formato_cpt(emitida.orden.cpt)},
    )


def _id(datos: dict[str, str]) -> UUID:
    try:
        return UUID(datos.get("id", ""))
    except ValueError:
        return nuevo_id()


def _por_campo(error: Conflicto | DatosInvalidos) -> dict[str, str]:
    """A use case's errors under the names that the form gives to its fields."""
    nombres = {"vence_en": "vence", "lineas": "general"}
    if not error.campos:
        return {"referencia" if error.codigo == "referencia_con_otros_datos" else "general": error.detalle}
    if error.codigo == "formula_invalida":
        return {f"v_{campo}": texto for campo, texto in error.campos.items()}
    return {nombres.get(campo, campo): texto for campo, texto in error.campos.items()}


def _orden_propia(sesion: Session, actor: Actor, orden_id: UUID) -> Orden:
    orden = orden_por_id(sesion, orden_id)
    exigir_cobrar_orden(sesion, actor, orden)
    return orden


@router.get("/cobros/ordenes/{orden_id}")
def ver_orden(request: Request, sesion: Sesion, actor: ActorRequerido, orden_id: UUID) -> Response:
    return _pagina_orden(request, sesion, actor, _orden_propia(sesion, actor, orden_id), {})


def _pagina_orden(
    request: Request,
    sesion: Session,
    actor: Actor,
    orden: Orden,
    errores: dict[str, str],
    codigo: int = 422,
    motivo: str = "",
) -> Response:
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
        codigo if errores else 200,
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
        devuelve=tiene_facultad(sesion, actor, orden.unidad_id, Facultad.PAGAR),
        url=url_de_pago(orden),
        errores=errores,
        motivo=motivo,
        **contexto,
    )


@router.post("/cobros/ordenes/{orden_id}/anular")
def anular(
    request: Request,
    sesion: Sesion,
    actor: ActorRequerido,
    orden_id: UUID,
    datos: Formulario,
) -> Response:
    _orden_propia(sesion, actor, orden_id)
    motivo = datos.get("motivo", "")
    try:
        orden = anular_orden(sesion, actor, orden_id, motivo, _version(datos))
    except (Conflicto, DatosInvalidos, PrecondicionFallida) as error:
        sesion.rollback()
        errores = error.campos or {"general": error.detalle}
        orden = orden_por_id(sesion, orden_id)
        return _pagina_orden(request, sesion, actor, orden, errores, error.estado, motivo)
    return redirigir(f"/cobros/ordenes/{orden.id}", _("La orden quedó anulada."))
