"""A product taken off sale: appealed by its seller, resolved by another person of the authority or by time.

Silence: a seller who does not appeal leaves it as it is; an appeal that nobody resolves lifts it.
"""

from datetime import datetime
from uuid import UUID

from sqlmodel import Session, col, select

from comercio.catalogo import EstadoProducto, bloquear_producto, poner_en
from comercio.catalogo.eventos import PRODUCTO_REESCRITO
from comercio.catalogo.modelos import Producto
from comercio.confianza import eventos
from comercio.confianza.errores import IntervencionNoAdmite, IntervencionNoEncontrada
from comercio.confianza.esquemas import Apelacion, ResolucionDeApelacion
from comercio.confianza.estados import VIDA_INTERVENCION, EstadoDenuncia, EstadoIntervencion
from comercio.confianza.modelos import Denuncia, Intervencion
from comercio.vendedores import exigir_autoridad
from empresa_digital.registro import CON_LO_SUYO, Facultad, exigir_facultad, unidad_por_id
from nucleo.actor import Actor, Autorizacion
from nucleo.auditoria import auditar
from nucleo.eventos import publicar
from nucleo.plazos import correr
from nucleo.reloj import ahora_bd
from nucleo.textos import gettext as _

APELAR, RESOLVER = "comercio.apelar_intervencion", "comercio.resolver_apelacion"
SISTEMA = Autorizacion.propia(Actor.sistema("reglas de venta"))
_I = EstadoIntervencion


def intervenir(sesion: Session, quien: Autorizacion, producto: Producto, motivos: str) -> Intervencion:
    """Take a product, locked, off sale. Orders already paid go on. Raises `IntervencionNoAdmite`."""
    assert quien.actor.id is not None
    if producto.estado == EstadoProducto.INTERVENIDO:
        raise IntervencionNoAdmite(_("Ya está retirado de la venta."))
    intervencion = Intervencion(
        producto_id=producto.id,
        vendedor_id=producto.vendedor_id,
        estaba=producto.estado,
        motivos=motivos,
        decidio_id=quien.actor.id,
        decidio=quien.actor.nombre[:200],
        abierta_en=ahora_bd(sesion),
        vence_en=fin_de(sesion, APELAR, producto),
    )
    sesion.add(intervencion)
    sesion.flush()
    poner_en(sesion, producto, EstadoProducto.INTERVENIDO)
    datos = {"producto_id": str(producto.id)}
    publicar(sesion, eventos.PRODUCTO_INTERVENIDO, intervencion.id, datos, quien)
    auditar(sesion, quien, "producto.intervenir", "comercio_producto", producto.id, {"motivos": motivos})
    return intervencion


def apelar(sesion: Session, actor: Actor, producto_id: UUID, datos: Apelacion) -> Intervencion:
    """The seller says why it should be back. Raises `ProductoNoEncontrado`, `SinFacultad`,
    `IntervencionNoEncontrada`, `IntervencionNoAdmite`."""
    producto = bloquear_producto(sesion, producto_id)
    quien = exigir_facultad(sesion, actor, producto.vendedor_id, Facultad.VENDER, estados=CON_LO_SUYO)
    intervencion = _en_pie(sesion, producto_id)
    VIDA_INTERVENCION.exigir_paso(intervencion, _I.APELADA)
    intervencion.apelacion, intervencion.apelada_en = datos.texto, ahora_bd(sesion)
    intervencion.apelo_id, intervencion.apelo = actor.id, actor.nombre[:200]
    intervencion.vence_en = fin_de(sesion, RESOLVER, producto)
    _mover(sesion, intervencion, _I.APELADA, quien)
    return intervencion


def resolver(sesion: Session, actor: Actor, producto_id: UUID, datos: ResolucionDeApelacion) -> Intervencion:
    """The authority, by another person than who took it off, resolves the appeal.

    Raises `ProductoNoEncontrado`, `SinFacultad`, `SinCompetencia`, `CasoPropio`, `IntervencionNoEncontrada`,
    `IntervencionNoAdmite`.
    """
    producto = bloquear_producto(sesion, producto_id)
    quien = autorizar(sesion, actor, producto)
    intervencion = _en_pie(sesion, producto_id)
    if intervencion.estado != _I.APELADA:
        raise IntervencionNoAdmite(_("Nadie apeló: no hay nada que resolver."))
    if intervencion.decidio_id == actor.id:
        raise IntervencionNoAdmite(_("Usted lo retiró: la apelación la resuelve otra persona."))
    intervencion.resolucion, intervencion.resolvio_id = datos.motivos, actor.id
    intervencion.resolvio = actor.nombre[:200]
    _terminar(sesion, intervencion, producto, _I.LEVANTADA if datos.levantar else _I.FIRME, quien)
    return intervencion


def vencer_intervencion(sesion: Session, intervencion_id: UUID) -> bool:
    """The sweep: nobody appealed, or nobody resolved. False when it is not so."""
    producto = bloquear_producto(sesion, sesion.get_one(Intervencion, intervencion_id).producto_id)
    intervencion = sesion.get_one(Intervencion, intervencion_id, populate_existing=True)
    if intervencion.vence_en is None or intervencion.vence_en > ahora_bd(sesion):
        return False
    fin = _I.LEVANTADA if intervencion.estado == _I.APELADA else _I.FIRME
    _terminar(sesion, intervencion, producto, fin, SISTEMA)
    return True


def autorizar(sesion: Session, actor: Actor, producto: Producto) -> Autorizacion:
    """Of the authority, who neither sells the product nor reported it, as far as that waits or was upheld.

    Raises `SinFacultad`, `SinCompetencia`, `CasoPropio`.
    """
    quienes = select(Denuncia.persona_id).where(
        col(Denuncia.producto_id) == producto.id,
        col(Denuncia.persona_id) == actor.persona_id,
        col(Denuncia.estado).in_([EstadoDenuncia.ABIERTA, EstadoDenuncia.PROCEDE]),
    )
    personas = {id for id in sesion.exec(quienes) if id is not None}
    return exigir_autoridad(sesion, actor, producto.vendedor_id, personas=personas)


def fin_de(sesion: Session, plazo: str, producto: Producto) -> datetime:
    """When a term that begins now ends, where the seller is."""
    lugar = unidad_por_id(sesion, producto.vendedor_id).municipio_ine
    vence_en = correr(sesion, plazo, ahora_bd(sesion), [lugar]).vence_en
    assert vence_en is not None
    return vence_en


def _en_pie(sesion: Session, producto_id: UUID) -> Intervencion:
    suya = select(Intervencion).where(
        col(Intervencion.producto_id) == producto_id, col(Intervencion.estado) != _I.LEVANTADA
    )
    intervencion = sesion.exec(suya.execution_options(populate_existing=True)).one_or_none()
    if intervencion is None:
        raise IntervencionNoEncontrada()
    return intervencion


def _terminar(
    sesion: Session,
    intervencion: Intervencion,
    producto: Producto,
    fin: EstadoIntervencion,
    quien: Autorizacion,
) -> None:
    intervencion.vence_en, intervencion.terminada_en = None, ahora_bd(sesion)
    _mover(sesion, intervencion, fin, quien)
    if fin is _I.LEVANTADA:
        poner_en(sesion, producto, EstadoProducto(intervencion.estaba))
        publicar(sesion, PRODUCTO_REESCRITO, producto.id, {}, quien)  # it may say another thing now


def _mover(sesion: Session, intervencion: Intervencion, a: EstadoIntervencion, quien: Autorizacion) -> None:
    VIDA_INTERVENCION.pasar(intervencion, a)
    intervencion.version += 1
    sesion.flush()
    datos = {"producto_id": str(intervencion.producto_id), "estado": a.value}
    publicar(sesion, eventos.INTERVENCION_MOVIDA, intervencion.id, datos, quien)
    auditar(sesion, quien, f"intervencion.{a}", "comercio_producto", intervencion.producto_id, datos)
